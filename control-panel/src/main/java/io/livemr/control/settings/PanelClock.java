package io.livemr.control.settings;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock, so that tests can have another. */
@Configuration
public class PanelClock {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
