#!/usr/bin/env bash
# Make Debian packages of what has been built.
#
#   scripts/package.sh [OUT]     panel, composer, agent and DataNode plug-in, into OUT (default target/packages)
#
# Builds first if a source is newer (scripts/build.sh). The same sources give the same bytes. packaging/README.md says what is in them.
# Exit: 0 made, 1 a build failed, 2 wrong use.
set -euo pipefail

main() {
  [[ $# -le 1 && ${1:-} != -* ]] || { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
  cd "$(dirname "$(readlink --canonicalize "$0")")/.."
  scripts/build.sh
  local out=${1:-target/packages} control
  # Times of files and of the archive: that of the last commit.
  SOURCE_DATE_EPOCH=$(git log --max-count=1 --format=%ct 2> /dev/null || stat --format=%Y pom.xml)
  export SOURCE_DATE_EPOCH
  mkdir --parents "$out"
  rm --force "$out"/*.deb
  for control in packaging/*/control; do
    package "$(dirname "$control")" "$out"
  done
}

package() {
  local from=$1 out=$2 name tree
  name=$(sed -n 's/^Package: //p' "$from/control")
  tree=$(mktemp --directory)
  [[ ! -d $from/root ]] || cp --recursive --preserve=mode "$from/root/." "$tree"
  install_files "$from/install" "$tree"
  documents "$name" "$tree"
  control "$from" "$name" "$tree"
  find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group -Zgzip --build "$tree" "$out/${name}_$(version)_all.deb" > /dev/null
  rm --recursive --force "$tree"
  say "$out/${name}_$(version)_all.deb"
}

# Lines of "SOURCES FOLDER"; a source may be a pattern.
install_files() {
  local sources folder
  while read -r sources folder; do
    mkdir --parents "$2/$folder"
    # shellcheck disable=SC2086
    install --mode=644 $sources "$2/$folder"
  done < "$1"
}

documents() {
  local folder=$2/usr/share/doc/$1
  mkdir --parents "$folder"
  install --mode=644 "$(readme "$1")" "$folder/README.md"
  install --mode=644 docs/operations.md "$folder/operations.md"
  install --mode=644 packaging/copyright "$folder/copyright"
  changelog "$1" | gzip --best --no-name > "$folder/changelog.gz"
}

readme() {
  case $1 in
    livemr-panel) echo control-panel/README.md ;;
    livemr-composer) echo host-composer/README.md ;;
    livemr-agent) echo vm-agent/README.md ;;
    livemr-datanode) echo hdfs-bridge/block-link/README.md ;;
  esac
}

changelog() {
  printf '%s (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md of the project.\n\n -- LiveMR developers <livemr@example.org>  %s\n' \
    "$1" "$(version)" "$(date --utc --rfc-email --date="@$SOURCE_DATE_EPOCH")"
}

control() {
  local from=$1 name=$2 tree=$3
  mkdir "$tree/DEBIAN"
  [[ ! -f $from/conffiles ]] || install --mode=644 "$from/conffiles" "$tree/DEBIAN"
  {
    sed -n '1p' "$from/control"
    printf 'Version: %s\nArchitecture: all\nMaintainer: LiveMR developers <livemr@example.org>\nSection: admin\nPriority: optional\n' "$(version)"
    printf 'Installed-Size: %s\n' "$(du --summarize --block-size=1024 "$tree" | cut --fields=1)"
    sed '1d' "$from/control"
  } > "$tree/DEBIAN/control"
  (cd "$tree" && find . -type f -not -path './DEBIAN/*' -printf '%P\0' | sort --zero-terminated | xargs --null md5sum) > "$tree/DEBIAN/md5sums"
  if compgen -G "$tree/usr/lib/systemd/system/*.service" > /dev/null; then
    scripts_of "$name" "$tree"
  fi
}

# The user is made before the service could start; a service that ran goes on with the new version, and ends with its package.
scripts_of() {
  cat > "$2/DEBIAN/postinst" <<SCRIPT
#!/bin/sh
set -e
if [ "\$1" = configure ]; then
  [ ! -e /usr/lib/sysusers.d/$1.conf ] || systemd-sysusers $1.conf
  [ ! -e /usr/lib/tmpfiles.d/$1.conf ] || systemd-tmpfiles --create $1.conf
  if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    deb-systemd-invoke try-restart $1.service
  fi
fi
SCRIPT
  cat > "$2/DEBIAN/prerm" <<SCRIPT
#!/bin/sh
set -e
if [ "\$1" = remove ] && [ -d /run/systemd/system ]; then
  deb-systemd-invoke stop $1.service
  deb-systemd-helper disable $1.service
fi
SCRIPT
  cat > "$2/DEBIAN/postrm" <<SCRIPT
#!/bin/sh
set -e
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
fi
SCRIPT
  chmod 755 "$2"/DEBIAN/p*
}

# Debian sorts "~" before everything: a snapshot is older than its release.
version() {
  sed -n '0,/<version>/s|.*<version>\(.*\)</version>.*|\1|p' pom.xml | sed 's/-SNAPSHOT/~snapshot/'
}

say() { printf '%s\n' "package: $*" >&2; }

main "$@"
