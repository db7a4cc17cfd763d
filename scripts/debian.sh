#!/usr/bin/env bash
# A Debian package of a published program: scripts/debian.sh PROGRAM ARCHITECTURE FOLDER [RUNNER]
# Writes FOLDER/imagesig_VERSION_ARCHITECTURE.deb (amd64, arm64). Version, manual page and completions are what the program says of itself; where it does not run on this
# machine, RUNNER is the same program for this one. The same program gives the same bytes; SOURCE_DATE_EPOCH sets the date of its files, DEBEMAIL who looks after the package.
set -euo pipefail
mkdir -p "$3"
program="$(realpath "$1")" architecture="$2" folder="$(realpath "$3")" runner="$(realpath "${4:-$1}")"
cd "$(dirname "$0")/.."
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-1767225600}" LC_ALL=C
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
umask 022
root="$work/imagesig"

# put PATH: standard input as a file of the package.
put() { install -D -m 644 /dev/stdin "$root/$1"; }

# Before a release sorts what has a tilde, as elsewhere what has a hyphen.
version="$("$runner" --version | sed 's/^imagesig //; s/-/~/')"
who="The ImageSig authors <${DEBEMAIL:-imagesig@localhost}>"

install -D -m 755 "$program" "$root/usr/bin/imagesig"
"$runner" man | gzip -9n | put usr/share/man/man1/imagesig.1.gz
"$runner" completion bash | put usr/share/bash-completion/completions/imagesig
"$runner" completion zsh | put usr/share/zsh/vendor-completions/_imagesig
"$runner" completion fish | put usr/share/fish/vendor_completions.d/imagesig.fish
# The service of the page, which is not enabled by itself: its model is still to be put in its place.
awk '/^```ini$/ { inside = 1; next } /^```$/ { inside = 0 } inside' docs/raspberry-pi.md | put usr/lib/systemd/system/imagesig.service
{
    cat << 'COPYRIGHT'
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Comment: The program holds the runtime and libraries of .NET (MIT, .NET
 Foundation and contributors), and ImageSharp 2.1 (Six Labors, Apache-2.0, see
 /usr/share/common-licenses/Apache-2.0).

Files: *
Copyright: 2026 The ImageSig authors
License: Expat
COPYRIGHT
    sed '1,/^Copyright/d' LICENSE | sed '/./,$!d; s/^$/./; s/^/ /'
} | put usr/share/doc/imagesig/copyright
printf 'imagesig (%s) stable; urgency=medium\n\n  * What is new stands in CHANGELOG.md of the sources.\n\n -- %s  %s\n' "$version" "$who" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" \
    | gzip -9n | put usr/share/doc/imagesig/changelog.gz

# What .NET's runtime brings along.
put usr/share/lintian/overrides/imagesig << 'OVERRIDES'
imagesig: embedded-library zlib *
# Addresses that are fixed make it start in half of the time; docs/trust.md of the sources weighs it.
imagesig: hardening-no-pie *
OVERRIDES

# The newest interface of the C library that the program asks for.
libc="$(grep -ao 'GLIBC_2\.[0-9]*' "$program" | sed 's/GLIBC_//' | sort -uV | tail -n 1)"
put DEBIAN/control << CONTROL
Package: imagesig
Version: $version
Architecture: $architecture
Maintainer: $who
Installed-Size: $(find "$root/usr" -type f -printf '%s\n' | awk '{ kilobytes += int(($1 + 1023) / 1024) } END { print kilobytes }')
Depends: libc6 (>= $libc)
Section: science
Priority: optional
Description: image recognition with path signatures
 Trains classifiers on folders of images, tells what they are worth, and
 predicts from files, folders and cameras, on a Raspberry Pi or a server.
 Models are small, and the same command gives the same model, byte for byte,
 on any machine.
 .
 One program without dependencies; "imagesig demo" shows it at work.
CONTROL
(cd "$root" && find usr -type f | sort | xargs md5sum) | put DEBIAN/md5sums
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

dpkg-deb --root-owner-group -Zxz --threads-max=1 --build "$root" "$folder/imagesig_${version}_$architecture.deb"
