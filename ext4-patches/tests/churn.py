#!/usr/bin/env python3
"""Boot a patched kernel on a painted disk, change files in every way, and read them from the host all the time.

  ext4-patches/tests/churn.py --kernel VMLINUZ --qemu QEMU [--seed N] [--seconds N] [--what append|all|rules]
                              [--mkfs 'OPTIONS'] [--mount OPTIONS] [--partition] [--kvm] [--disk-mib N]

Rules are what the ioctls refuse and what ends an announcement; the other two are random.
Needs gcc with a static libc, cpio, e2fsprogs, and a QEMU with qemu-patches. The guest is tests/guest.c. The
reader holds the maps as docs/protocol.md has them, reads the raw image, and counts for each byte that is in force:

  right     what the guest wrote there
  shifted   the same file's, for another offset; only collapse and insert range make that
  zeros     in a DATA extent; a hole inside a block; must not be where files only grow by appending
  foreign   another file's, or the paint that was on the disk before: must never be

A read during which a revocation came does not count, as in section 9. At the end, each granted file's
checksum in the guest must be that of the bytes the host composes, and e2fsck finds nothing. Exit: 0 all held, 1 not,
2 wrong use.
"""
import argparse, array, mmap, os, random, re, shutil, socket, struct, subprocess, sys, tempfile, threading, time
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from maps import Maps, Rejected

FRAME = struct.Struct('>4sBBHIIQQ')
PAINT = b'\xcd'
HERE = os.path.dirname(os.path.abspath(__file__))


class Host:
    """The reader: takes records from QEMU and reads what they name."""

    def __init__(self, image, page, disk_sectors):
        self.image = os.open(image, os.O_RDONLY)
        self.page = mmap.mmap(os.open(page, os.O_RDONLY), 4096, prot=mmap.PROT_READ)
        self.maps = Maps(disk_sectors)
        self.seen = 0
        self.bytes = dict.fromkeys(('right', 'shifted', 'zeros', 'foreign'), 0)
        self.fenced = self.reads = 0
        self.failures = []
        self.buffer = b''

    def counters(self):
        return struct.unpack('=QQ', self.page[8:24])

    def feed(self, data):
        self.buffer += data
        while len(self.buffer) >= FRAME.size:
            magic, kind, version, disk, size, _, revocations, _ = FRAME.unpack(self.buffer[:FRAME.size])
            if len(self.buffer) < FRAME.size + size:
                return
            payload = self.buffer[FRAME.size:FRAME.size + size]
            self.buffer = self.buffer[FRAME.size + size:]
            assert magic == b'LMRQ' and version == 1, magic
            self.seen = max(self.seen, revocations)
            if kind == 2:
                self.records(payload)
            elif kind == 3:
                self.failures.append('QEMU dropped records')

    def records(self, payload):
        changed = set()
        for at in range(0, len(payload), 64):
            try:
                changed.add(self.maps.take(payload[at:at + 64]))
            except Rejected as e:
                self.failures.append('rejected: %s' % e)
        return changed

    def read(self, sector_byte, size):
        """The bytes, or None if they cannot be trusted."""
        before = self.counters()
        data = os.pread(self.image, size, sector_byte)
        self.reads += 1
        if before != self.counters() or before[0] % 2 or before[1] != self.seen:
            self.fenced += 1
            return None
        return data

    def audit(self, key):
        file = self.maps.files.get(key)
        if not file or not file.extents:
            return
        for start, end, at in list(file.extents.within(file.length)):
            for piece in range(start, end, 1 << 18):
                stop = min(end, piece + (1 << 18))
                if at is not None:
                    data = self.read(at + piece - start, stop - piece)
                    if data is None:
                        return
                    self.judge(key, piece, data, at + piece - start)

    def judge(self, key, offset, data, at):
        owner = (key[0] & 0xffff) << 48 | (key[1] & 0xffff) << 32
        first, last = offset // 8, (offset + len(data) + 7) // 8
        wanted = array.array('Q', range(owner | first, owner | last)).tobytes()[offset % 8:][:len(data)]
        if data == wanted:
            self.bytes['right'] += len(data)
            return
        for i in range(0, len(data) & ~7, 8):
            self.judge_word(key, owner, offset + i, data[i:i + 8], wanted[i:i + 8], at + i)

    def judge_word(self, key, owner, offset, found, wanted, at):
        if found == wanted:
            kind = 'right'
        elif found == bytes(8) or all(f in (0, w) for f, w in zip(found, wanted)):
            kind = 'zeros'
        elif found[4:] == struct.pack('<Q', owner)[4:]:
            kind = 'shifted'
        else:
            kind = 'foreign'
            if self.bytes['foreign'] < 80:
                self.failures.append('foreign: inode=%d offset=%d disk=%d found=%s' % (key[0], offset, at, found.hex()))
        self.bytes[kind] += 8

    def checksum(self, key):
        file = self.maps.files.get(key)
        if not file or file.extents is None:
            return None
        out = bytearray(file.length)
        for start, end, at in file.extents.within(file.length):
            if at is not None:
                out[start:end] = os.pread(self.image, end - start, at)
        return file.length, bytes(out)


def fnv(data):
    total = 0xcbf29ce484222325
    for byte in data:
        total = (total ^ byte) * 0x100000001b3 & 0xffffffffffffffff
    return total


def paint(path, mib, options, partition):
    chunk = PAINT * (1 << 20)
    with open(path, 'wb') as f:
        for _ in range(mib):
            f.write(chunk)
    start = 0
    if partition:
        start = 2048
        subprocess.run(['sfdisk', '--quiet', path], input=b'label: gpt\nstart=2048\n', check=True)
    command = ['mkfs.ext4', '-q', '-F', '-E', 'nodiscard,lazy_itable_init=0,lazy_journal_init=0,offset=%d' % (start * 512)]
    size = [str((mib - 2) * 1024) + 'k'] if partition else []
    subprocess.run(command + options.split() + [path] + size, check=True, stderr=subprocess.DEVNULL)


def initrd(folder):
    root = os.path.join(folder, 'root')
    os.makedirs(root)
    subprocess.run(['gcc', '-O2', '-static', '-o', os.path.join(root, 'init'),
                    os.path.join(HERE, 'guest.c'), os.path.join(HERE, 'rules.c')], check=True)
    with open(os.path.join(folder, 'initrd'), 'wb') as out:
        subprocess.run(['cpio', '--quiet', '-o', '-H', 'newc'], cwd=root, input=b'init\n', stdout=out, check=True)
    return os.path.join(folder, 'initrd')


def command(args, folder, image):
    return [args.qemu, '-L', '/usr/share/qemu', '-L', '/usr/share/seabios', '-M', 'q35', '-accel', 'kvm' if args.kvm else 'tcg,thread=multi',
            '-cpu', 'max', '-smp', '2', '-m', '512', '-nodefaults', '-nographic', '-no-reboot', '-serial', 'stdio',
            '-kernel', args.kernel, '-initrd', initrd(folder), '-append',
            'console=ttyS0 panic=-1 quiet no_timer_check seed=%d seconds=%d processes=%d what=%s mount=%s dev=%s %s' % (
                args.seed, args.seconds, args.processes, args.what, args.mount, 'sda1' if args.partition else 'sda', args.append),
            '-chardev', 'socket,id=maps,path=%s/maps,server=on,wait=off' % folder,
            '-object', 'livemr-maps,id=maps,chardev=maps,generations=%s/page,rate=4000000,burst=4000000' % folder,
            '-device', 'virtio-scsi-pci', '-drive', 'file=%s,if=none,id=d,format=raw,discard=unmap' % image,
            '-device', 'scsi-hd,drive=d,id=disk,livemr=maps']


class Guest:
    """Runs QEMU, and keeps the lines that the guest writes."""

    def __init__(self, argv, log):
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.lines = []
        self.log = open(log, 'w')
        threading.Thread(target=self.pump, daemon=True).start()

    def pump(self):
        for line in self.process.stdout:
            text = line.decode(errors='replace').rstrip()
            self.lines.append(text)
            self.log.write(text + '\n')
            self.log.flush()

    def said(self, what):
        return any(re.search(r'@%s\b' % what, line) for line in list(self.lines))

    def go_on(self):
        self.process.stdin.write(b'go\n')
        self.process.stdin.flush()


def connect(folder, process):
    """QEMU makes the socket first and the page after it."""
    while process.poll() is None:
        try:
            s = socket.socket(socket.AF_UNIX)
            os.stat(folder + '/page')
            s.connect(folder + '/maps')
            s.settimeout(0.05)
            return s
        except OSError:
            s.close()
            time.sleep(0.05)
    sys.exit('QEMU has ended')


def listen(host, link):
    try:
        data = link.recv(1 << 20)
        if not data:
            return False
        host.feed(data)
        return True
    except socket.timeout:
        return False


def watch(host, link, guest, until, dice):
    """Hammers the files until the guest has said so and all it sent is taken."""
    while guest.process.poll() is None:
        busy = listen(host, link)
        keys = list(host.maps.files)
        if keys:
            host.audit(dice.choice(keys))
        if not busy and guest.said(until):
            return
    host.failures.append('guest ended before ' + until)


def compare(host, guest):
    """How many files the guest told of are what it says they are."""
    same = 0
    for line in guest.lines:
        found = re.search(r'@(GONE|HELD) (\d+) (\d+)', line)
        if found:
            file = host.maps.files.get((int(found[2]), int(found[3])))
            if bool(file and file.extents) == (found[1] == 'HELD'):
                same += 1
            else:
                host.failures.append('map of ' + line)
    for line in guest.lines:
        found = re.search(r'@FILE (\d+) (\d+) (\d+) ([0-9a-f]{16})', line)
        if not found:
            continue
        inode, generation, size = int(found[1]), int(found[2]), int(found[3])
        got = host.checksum((inode, generation))
        if got is None:
            host.failures.append('no map of inode %d' % inode)
        elif got[0] != size:
            host.failures.append('inode %d: length %d, host has %d' % (inode, size, got[0]))
        elif '%016x' % fnv(got[1]) != found[4]:
            host.failures.append('inode %d: other bytes' % inode)
        else:
            same += 1
    return same


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    for name, value in (('kernel', None), ('qemu', None), ('what', 'all'), ('mkfs', '-b 4096'), ('mount', 'rw'), ('append', '')):
        parser.add_argument('--' + name, default=value, required=value is None)
    for name, value in (('seed', None), ('seconds', 20), ('processes', 4), ('disk-mib', 256)):
        parser.add_argument('--' + name, type=int, default=value)
    parser.add_argument('--partition', action='store_true')
    parser.add_argument('--kvm', action='store_true')
    parser.add_argument('--keep', help='folder for the console log')
    args = parser.parse_args()
    if args.seed is None:
        args.seed = random.randrange(1 << 30)
    folder = tempfile.mkdtemp(prefix='livemr-churn-')
    try:
        sys.exit(run(args, folder))
    finally:
        shutil.rmtree(folder)


def run(args, folder):
    image = os.path.join(folder, 'disk.raw')
    paint(image, args.disk_mib, args.mkfs, args.partition)
    guest = Guest(command(args, folder, image), os.path.join(args.keep or folder, 'console.log'))
    link = connect(folder, guest.process)
    host = Host(image, folder + '/page', args.disk_mib * 2048)
    watch(host, link, guest, 'CHECK', random.Random(args.seed))
    for key in list(host.maps.files):
        host.audit(key)
    same = compare(host, guest)
    if guest.process.poll() is None:
        guest.go_on()
        watch(host, link, guest, 'UNMOUNTED', random.Random(args.seed))
        if host.maps.files:
            host.failures.append('files still mapped after unmount')
        guest.go_on()
        guest.process.wait(timeout=60)
        if not args.partition:
            check_file_system(host, image)
    return verdict(args, host, guest, same)


def check_file_system(host, image):
    """Blocks that were kept from the allocator must not be lost."""
    done = subprocess.run(['e2fsck', '-f', '-n', image], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        host.failures.append('e2fsck: ' + done.stdout.decode(errors='replace')[-500:])


def verdict(args, host, guest, same):
    bad = [line for line in guest.lines if re.search(r'@FAIL|BUG:|WARNING:|possible|Oops|EXT4-fs error|Call Trace', line)]
    if args.what == 'append' and host.bytes['zeros']:
        host.failures.append('zeros where files only grew')
    if not same:
        host.failures.append('no file was compared')
    print('replay: --seed %d --seconds %d --what %s --mkfs %r --mount %s' % (args.seed, args.seconds, args.what, args.mkfs, args.mount))
    print('records', {('BEGIN', 'DATA', 'ZEROS', 'COMMIT', 'REVOKE', 'EXTEND', 'VOID')[op - 1]: n for op, n in sorted(host.maps.counts.items())})
    print('KiB read', {kind: n >> 10 for kind, n in host.bytes.items()}, 'foreign bytes', host.bytes['foreign'])
    print('reads %d, fenced %d; files equal to the guest\'s: %d' % (host.reads, host.fenced, same))
    for line in guest.lines:
        if '@STAT' in line:
            print(line[line.index('@STAT') + 6:])
    for line in (host.failures + bad)[:20]:
        print('FAILED', line)
    return 1 if host.failures or bad or host.bytes['foreign'] else 0


if __name__ == '__main__':
    main()
