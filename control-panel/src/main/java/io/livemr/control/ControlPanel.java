package io.livemr.control;

import io.livemr.control.settings.PanelSettings;
import io.livemr.failpoint.FailPoints;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the panel: {@code ControlPanel --livemr.state=FOLDER [--server.port=N] [--livemr.KEY=VALUE …]}. */
@SpringBootApplication
@EnableScheduling
@EnableConfigurationProperties(PanelSettings.class)
public class ControlPanel {

    public static void main(final String[] args) {
        FailPoints.armFromEnvironment();
        SpringApplication.run(ControlPanel.class, args);
    }
}
