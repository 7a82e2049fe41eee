package io.livemr.control.account;

/** What an account may do; each may do what those after it may. */
public enum Role {
    /** Everything, in all projects. */
    ADMIN,
    /** Submits, kills and runs again the jobs of its project. */
    ANALYST,
    /** Looks at what belongs to its project. */
    VIEWER
}
