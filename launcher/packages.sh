# Sourced by the scripts that set a fresh Debian machine up.

# Installs Debian packages whose programs are missing: install_missing PROGRAM:PACKAGE ...
install_missing() {
    missing=
    for pair in "$@"; do
        PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
    done
    [ -n "$missing" ] || return 0
    echo "Installing$missing ..." >&2
    as_root=
    [ "$(id -u)" = 0 ] || as_root=sudo
    log=$(mktemp)
    # shellcheck disable=SC2086 -- a list of packages
    if ! { $as_root apt-get update && DEBIAN_FRONTEND=noninteractive $as_root apt-get install --yes --no-install-recommends $missing; } \
            >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        echo "The packages$missing could not be installed; what apt said is above." >&2
        exit 1
    fi
    rm -f "$log"
}
