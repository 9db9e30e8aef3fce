# Displays for tests that copy and paste: an X server and a Wayland compositor without a screen. To be sourced by bash.
# They touch nothing of the user's: their files are in a directory given by the caller, and they are stopped by number.
#
#   source tests/real/displays.sh
#   start_x11 "$directory"       # exports DISPLAY; sets X11_PID
#   start_wayland "$directory"   # exports WAYLAND_DISPLAY and XDG_RUNTIME_DIR; sets WAYLAND_PID
#   stop "$X11_PID" "$WAYLAND_PID"
#
# Debian: apt-get install xvfb xclip sway wl-clipboard

# Waits up to ten seconds until a command succeeds.
until_true() {
    local tries
    for ((tries = 0; tries < 200; tries++)); do
        "$@" && return 0
        sleep 0.05
    done
    echo "gave up waiting for: $*" >&2
    return 1
}

# The server chooses a free number itself and writes it when it is ready to be asked.
start_x11() {
    local number="$1/x11-display"
    : >"$number"
    Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$number" >"$1/x11.log" 2>&1 &
    X11_PID=$!
    until_true test -s "$number" || return 1
    DISPLAY=":$(<"$number")"
    export DISPLAY
}

# sway refuses to run as root, so that root starts it as nobody; clients of root may still connect. Without Xwayland, and
# drawing in memory.
start_wayland() {
    local runtime="$1/wayland" as_nobody=()
    mkdir -m 700 "$runtime" || return 1
    echo 'xwayland disable' >"$runtime/config"
    if [ "$(id -u)" = 0 ]; then
        chown -R 65534:65534 "$runtime"
        # nobody must be able to reach the directory, but not to list what is in it.
        chmod a+x "$1"
        as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    fi
    "${as_nobody[@]}" env -u DISPLAY -u WAYLAND_DISPLAY -u SWAYSOCK HOME="$runtime" XDG_RUNTIME_DIR="$runtime" \
        WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman \
        sway -c "$runtime/config" >"$1/wayland.log" 2>&1 &
    WAYLAND_PID=$!
    until_true wayland_socket "$runtime" >/dev/null || return 1
    WAYLAND_DISPLAY=$(wayland_socket "$runtime")
    XDG_RUNTIME_DIR=$runtime
    export WAYLAND_DISPLAY XDG_RUNTIME_DIR
}

# The name of the socket of the compositor that runs in this directory.
wayland_socket() {
    local socket
    for socket in "$1"/wayland-*; do
        [ -S "$socket" ] && basename "$socket" && return 0
    done
    return 1
}

# The process ids of the processes that hold a clipboard: they outlive the program, so a test must end them itself.
# Only those started with the given executable.
clipboard_holders() {
    local executable process
    executable=$(readlink -f "$1")
    for process in /proc/[0-9]*; do
        [ "$(readlink "$process/exe" 2>/dev/null)" = "$executable" ] || continue
        tr '\0' '\n' <"$process/cmdline" 2>/dev/null | sed -n 2p | grep -qx -- __hold-clipboard && basename "$process"
    done
    return 0
}

# Ends processes that were started here and waits until they are gone.
stop() {
    local pid
    for pid in "$@"; do
        kill "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
        until_true not_running "$pid" || kill -KILL "$pid"
    done
    return 0
}

not_running() {
    ! kill -0 "$1" 2>/dev/null
}
