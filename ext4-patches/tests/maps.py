"""What a host knows of files: docs/protocol.md, section 2, told once more and as plainly as can be.

An oracle for the kernel's records; it shares no code with what is tested. Offsets and lengths are bytes.
"""
import struct
from bisect import bisect_right

BEGIN, DATA, ZEROS, COMMIT, REVOKE, EXTEND, VOID = range(1, 8)
RECORD = struct.Struct('>BBHIII16sQQIIQ')


class Rejected(Exception):
    """A record that the kernel must not send."""


class Extents:
    """Pieces of a file that do not overlap, in order: (start, end, byte on the disk or None for zeros)."""

    def __init__(self, pieces=()):
        self.pieces = list(pieces)

    def put(self, start, end, at):
        kept = []
        for a, b, c in self.pieces:
            if b <= start or a >= end:
                kept.append((a, b, c))
                continue
            if a < start:
                kept.append((a, start, c))
            if b > end:
                kept.append((end, b, None if c is None else c + end - a))
        kept.append((start, end, at))
        kept.sort()
        self.pieces = join(kept)

    def covered(self):
        end = 0
        for a, b, _ in self.pieces:
            if a > end:
                break
            end = max(end, b)
        return end

    def within(self, length):
        last = bisect_right(self.pieces, (length,))
        for a, b, c in self.pieces[:last + 1]:
            if a < length:
                yield a, min(b, length), c


def join(pieces):
    out = []
    for a, b, c in pieces:
        if out:
            x, y, z = out[-1]
            if y == a and (c is None) == (z is None) and (c is None or z + y - x == c):
                out[-1] = (x, b, z)
                continue
        out.append((a, b, c))
    return out


class File:
    def __init__(self):
        self.pending = None     # after BEGIN
        self.extents = None     # in force
        self.length = 0

    def take(self, op, offset, sector, sectors, length):
        if op == BEGIN:
            self.pending, self.extents, self.length = Extents(), None, 0
        elif op == REVOKE:
            self.pending, self.extents, self.length = None, None, 0
        elif self.pending is None:
            raise Rejected('no BEGIN before operation %d' % op)
        elif op in (DATA, ZEROS):
            end = offset + sectors * 512
            if op == DATA and length:
                end = min(end, length)
            if offset >= end:
                raise Rejected('empty extent at %d' % offset)
            self.pending.put(offset, end, sector * 512 if op == DATA else None)
        else:
            self.put_in_force(op, length)

    def put_in_force(self, op, length):
        covered = self.pending.covered()
        if op == COMMIT and covered < length:
            raise Rejected('covered %d of %d' % (covered, length))
        if op == COMMIT and self.extents is not None and length < self.length:
            raise Rejected('shrunk')
        if op == EXTEND:
            length = max(self.length, min(covered, length))
        self.extents, self.length = Extents(self.pending.pieces), length


class Maps:
    """All files of one disk."""

    def __init__(self, disk_sectors):
        self.disk_sectors = disk_sectors
        self.files = {}
        self.counts = {}

    def take(self, raw):
        (op, version, flags, inode, generation, epoch, _, offset, sector, sectors, sequence, length) = RECORD.unpack(raw)
        self.counts[op] = self.counts.get(op, 0) + 1
        if version != 1 or flags or sequence or not BEGIN <= op <= VOID:
            raise Rejected('header of %s' % raw.hex())
        if op == VOID:
            self.files.clear()
            return None
        if op in (DATA, ZEROS) and (offset % 512 or not sectors):
            raise Rejected('extent of %s' % raw.hex())
        if op == DATA and sector + sectors > self.disk_sectors:
            raise Rejected('beyond the disk: %s' % raw.hex())
        key = (inode, generation)
        self.files.setdefault(key, File()).take(op, offset, sector, sectors, length)
        return key
