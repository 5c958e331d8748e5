"""The text of the script, for any POSIX shell.

https://pubs.opengroup.org/onlinepubs/9699919799/utilities/contents.html has the utilities; ``mv``
within one file system renames a folder, so that owners and permissions of what is in it stay.
"""

TEXT = r"""#!/bin/sh
# Moves the data of services to where docker-compose mounts it now. Git does not hold this data, so
# it could not be moved with the rest of the repository.
#
#   tools/scripts/move-service-data           moves what is not moved yet; safe to repeat
#   tools/scripts/move-service-data --undo    puts it all back (before you leave this branch)
#
# Stop the services first (docker compose down). Everything is checked before anything is moved: if
# there is data at both places already, nothing is done. Nothing but empty folders is ever removed.
set -eu

# Calls "$1" for each folder: where it was, where it belongs, and the files in it that git has.
each_folder() {
@folders@
}

fail() {
	printf 'error: %s\n' "$1" >&2
	shift
	for line in "$@"; do printf '  %s\n' "$line" >&2; done
	exit 2
}

# Tells whether there is more at a place ($1) than empty folders and what git has of it ($2 ...).
# What cannot be looked into is taken for data.
has_data() {
	place=$1
	shift
	[ -e "$place" ] || [ -L "$place" ] || return 1
	if [ -L "$place" ]; then return 0; fi
	for file in "$@"; do
		shift
		set -- "$@" ! -path "$place/$file"
	done
	[ -n "$(find "$place" ! -type d "$@" 2>&1 | head -n 1)" ]
}

# Tells whether a folder without any file, which may belong to a service, has no counterpart.
is_free() {
	[ -d "$1" ] && [ ! -e "$2" ] && [ ! -L "$2" ] || return 1
	[ -z "$(find "$1" ! -type d 2>&1 | head -n 1)" ]
}

device_of() {
	df -P "$1" | sed -n '2s/ .*//p'
}

# Prints the nearest folder above a path that is there.
above() {
	place=$(dirname "$1")
	while [ ! -d "$place" ]; do place=$(dirname "$place"); done
	printf '%s' "$place"
}

# Moves what git has of a folder ($3 ...) from one place ($1) to another ($2).
carry() {
	from=$1 to=$2
	shift 2
	for file in "$@"; do
		[ -e "$from/$file" ] || [ -L "$from/$file" ] || continue
		mkdir -p "$(dirname "$to/$file")"
		mv "$from/$file" "$to/$file"
	done
}

drop_empty() {
	[ ! -d "$1" ] || find "$1" -depth -type d -exec rmdir {} \; 2>/dev/null || :
	[ ! -e "$1" ] || fail "$1 is in the way" "Run the same command with sudo."
}

may_not() {
	fail "you may not move $1" "Run the same command with sudo. Nothing was moved."
}

check() {
	if [ "$undo" ]; then set_places "$2" "$1"; else set_places "$1" "$2"; fi
	shift 2
	has_data "$source" "$@" || is_free "$source" "$target" || return 0
	if has_data "$target" "$@"; then
		fail "there is data in $source and in $target" \
			"Look which of the two the services have used last, move the other one away," \
			"then run the same command again. Nothing was moved."
	fi
	[ -w "$(dirname "$source")" ] && [ -w "$(above "$target")" ] || may_not "$source"
	if [ -L "$source" ]; then
		case $(readlink "$source") in
		/*) return 0 ;;
		*) fail "$source is a link that would lead elsewhere from $target" \
			"Make it an absolute one. Nothing was moved." ;;
		esac
	fi
	[ -w "$source" ] || may_not "$source"
	[ "$(device_of "$source")" = "$(device_of "$(above "$target")")" ] ||
		fail "$source is on a file system of its own" \
			"Mount that one at $target instead. Nothing was moved."
}

move() {
	if [ "$undo" ]; then set_places "$2" "$1"; else set_places "$1" "$2"; fi
	shift 2
	if ! has_data "$source" "$@" && ! is_free "$source" "$target"; then
		if has_data "$target" "$@"; then
			printf '%s is in its place already\n' "$target"
		else
			printf '%s: there is nothing to move\n' "$source"
		fi
		return 0
	fi
	[ "$undo" ] || carry "$target" "$source" "$@"
	drop_empty "$target"
	mkdir -p "$(dirname "$target")"
	mv "$source" "$target"
	[ ! "$undo" ] || carry "$target" "$source" "$@"
	printf '%s -> %s\n' "$source" "$target"
}

set_places() {
	source=$1 target=$2
}

undo=
case "${1-}" in
'') ;;
--undo) undo=yes ;;
*) fail "unknown argument: $1" "Usage: tools/scripts/move-service-data [--undo]" ;;
esac

CDPATH='' cd -- "$(dirname -- "$0")/@root@"
if command -v docker >/dev/null 2>&1; then
	running=$(docker compose ps --quiet 2>/dev/null </dev/null) || running=
	[ -z "$running" ] || fail "services are running" "Stop them first: docker compose down"
fi
each_folder check
each_folder move
"""
