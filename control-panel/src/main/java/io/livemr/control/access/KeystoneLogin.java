package io.livemr.control.access;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/** A name and a password that are Keystone's, and the project to log in to. */
final class KeystoneLogin extends UsernamePasswordAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final String domain;
    private final String project;

    KeystoneLogin(final String name, final String password, final String domain, final String project) {
        super(name, password);
        this.domain = domain;
        this.project = project;
    }

    String domain() {
        return domain;
    }

    String project() {
        return project;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof KeystoneLogin login && super.equals(other) && domain.equals(login.domain) && project.equals(login.project);
    }

    @Override
    public int hashCode() {
        return super.hashCode() + project.hashCode();
    }
}
