package io.livemr.control.sahara;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Something that is kept, as Sahara shows it. Instants are in UTC and do not say so. */
@Schema(name = "SaharaItem")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ItemView(String id, @Schema(description = "The project.") String tenantId, String name, String description, String type, String url,
                List<ItemView> mains, List<ItemView> libs, @Schema(description = "Bytes of a file.") @JsonProperty("datasize") Long dataSize,
                @Schema(description = "Of a file, in hex.") String sha256, String createdAt, boolean isPublic, boolean isProtected) {

    /** @param libs what its libs are, null where it can have none. */
    static ItemView of(final Item item, final List<ItemView> libs) {
        return new ItemView(item.id(), item.project(), item.name(), item.text("description"), item.text("type"), item.text("url"), libs == null ? null : List.of(),
            libs, item.kind() == ItemKind.FILE ? item.lengthBytes() : null, item.text("sha256"), Instants.text(item.createdMillis()), false, false);
    }
}
