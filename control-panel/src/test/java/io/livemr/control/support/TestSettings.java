package io.livemr.control.support;

import io.livemr.control.settings.PanelSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as the panel itself would bind them. */
public final class TestSettings {

    private TestSettings() { }

    /** @param keysAndValues keys without {@code livemr.}, each with its value. */
    public static PanelSettings of(final Path state, final String... keysAndValues) {
        final Map<String, String> all = new HashMap<>(Map.of("livemr.state", state.toString()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put("livemr." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("livemr", Bindable.of(PanelSettings.class));
    }
}
