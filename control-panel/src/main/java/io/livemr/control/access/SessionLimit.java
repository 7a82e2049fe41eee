package io.livemr.control.access;

import io.livemr.control.settings.PanelSettings;
import org.apache.catalina.Context;
import org.apache.catalina.session.StandardManager;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** How many sessions there may be; {@code tomcat_sessions_active_current_sessions} says how many there are. */
@Component
class SessionLimit implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final int limit;

    SessionLimit(final PanelSettings settings) {
        this.limit = settings.access().sessionLimit();
    }

    @Override
    public void customize(final TomcatServletWebServerFactory tomcat) {
        tomcat.addContextCustomizers(this::limit);
    }

    private void limit(final Context context) {
        final StandardManager manager = new StandardManager();
        manager.setMaxActiveSessions(limit);
        context.setManager(manager);
    }
}
