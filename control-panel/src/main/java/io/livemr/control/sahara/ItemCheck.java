package io.livemr.control.sahara;

import static io.livemr.control.sahara.Items.require;

import java.util.List;
import org.springframework.stereotype.Component;

/** Takes what can be run here and refuses by name what cannot. */
@Component
class ItemCheck {

    private static final String FILE_URL = "internal-db://";
    private static final String JOB_TYPE = "Java";

    private final Items items;

    ItemCheck(final Items items) {
        this.items = items;
    }

    Item source(final ItemBody body) {
        body.requireNoOther("Swift's or Manila's");
        requireAbsent(body.libs == null, "libs");
        final SourceType type = SourceType.of(body.type);
        require(body.url != null && type.takes(body.url), "url", type.wanted());
        return items.create(ItemKind.SOURCE, body.name, body.details(), List.of());
    }

    Item binary(final ItemBody body) {
        body.requireNoOther("Swift's or Manila's");
        requireAbsent(body.type == null, "type");
        requireAbsent(body.libs == null, "libs");
        require(body.url != null && body.url.startsWith(FILE_URL), "url", FILE_URL + " and the id of a file: PUT /sahara/v1.1/job-binary-internals/NAME");
        return items.create(ItemKind.BINARY, body.name, body.details(), List.of(items.named("url", ItemKind.FILE, fileOf(body.url)).id()));
    }

    Item template(final ItemBody body) {
        body.requireNoOther("that of other types of jobs");
        requireAbsent(body.url == null, "url");
        requireJobType(body.type);
        require(body.mains == null || body.mains.isEmpty(), "mains", "empty: the jar of a job of this type is in libs");
        require(body.libs != null && body.libs.size() == 1, "libs", "the id of one job binary; pack what the jar needs into it");
        return items.create(ItemKind.TEMPLATE, body.name, body.details(), List.of(items.named("libs", ItemKind.BINARY, body.libs.get(0)).id()));
    }

    /** The file whose name a job's binary is. */
    Item jarOf(final Item template) {
        final Item binary = items.find(ItemKind.BINARY, template.ids("libs").get(0));
        return items.find(ItemKind.FILE, fileOf(binary.text("url")));
    }

    static void requireJobType(final String type) {
        require(JOB_TYPE.equals(type), "type", JOB_TYPE + ": the panel runs the main class of a jar");
    }

    private static String fileOf(final String url) {
        return url.substring(FILE_URL.length());
    }

    private static void requireAbsent(final boolean absent, final String field) {
        require(absent, field, "left out: it means nothing here");
    }
}
