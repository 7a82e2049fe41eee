package io.livemr.control.console;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** A browser asks each time whether its copy of a file is still right, and gets no byte of one that is. */
@Configuration
class ConsoleEtags {

    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> etagsOfTheConsole() {
        final FilterRegistrationBean<ShallowEtagHeaderFilter> registration = new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
        registration.addUrlPatterns("/", "/index.html", "/console/*", "/webjars/*");
        return registration;
    }
}
