package io.livemr.control.composer;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The composers themselves as directory: each knows the machines of its host from libvirt. Asks anew each time. */
@Component
public class ComposerVmDirectory implements VmDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(ComposerVmDirectory.class);

    private final Composers composers;

    public ComposerVmDirectory(final Composers composers) {
        this.composers = composers;
    }

    @Override
    public List<LocatedVm> list() {
        final List<LocatedVm> all = new ArrayList<>();
        collect(all);
        return all;
    }

    @Override
    public LocatedVm find(final String name) throws VmUnknownException, ComposerUnreachableException {
        final List<LocatedVm> all = new ArrayList<>();
        final Exception silent = collect(all);
        final List<LocatedVm> found = all.stream().filter(located -> name.equals(located.vm().name())).toList();
        if (found.size() > 1) {
            throw new VmUnknownException("ambiguous_vm", "vm=" + name + " is the name of " + found.size()
                + " machines, at " + found.stream().map(LocatedVm::composer).toList() + "; rename one");
        }
        if (found.isEmpty() && silent != null) {
            throw new ComposerUnreachableException(silent.getMessage(), silent);
        }
        return found.stream().findFirst().orElseThrow(() -> unknown(name, all));
    }

    /** Adds what each composer has; returns the last failure. */
    private Exception collect(final List<LocatedVm> all) {
        Exception silent = null;
        for (final Composers.Answer<List<Vm>> answer : composers.ask(ComposerClient::vms)) {
            final String composer = answer.composer().url();
            try {
                answer.orThrow().forEach(vm -> all.add(new LocatedVm(composer, vm)));
            } catch (final ComposerException | ComposerUnreachableException e) {
                LOG.warn("composer={} does not list its machines: {}", composer, e.getMessage());
                silent = e;
            }
        }
        return silent;
    }

    private static VmUnknownException unknown(final String name, final List<LocatedVm> all) {
        return new VmUnknownException("unknown_vm", "vm=" + name + " is at no composer; GET /api/v1/vms lists the "
            + all.size() + " that are known");
    }
}
