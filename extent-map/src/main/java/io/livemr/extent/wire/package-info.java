/**
 * Map records as they travel from a guest to its host (docs/protocol.md, section 2), and what they add up to.
 * Everything read here is a guest's word; what is promised about it stands at each class.
 */
package io.livemr.extent.wire;
