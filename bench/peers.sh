#!/usr/bin/env bash
# Builds and times other solvers on the reference cases. Usage: bench/peers.sh FIGURES.tsv
# Their sources and inputs lie in the folder TOPBALANCE_REFERENCE (default ../shared/reference beside the checkout); none are copied here.
# A line is: who, case, seconds of each run, worst error of a trip time in s, what the seconds include; or 'skipped: …'.
set -uo pipefail
export LC_ALL=C
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
reference=${TOPBALANCE_REFERENCE:-$root/../shared/reference}
figures=${1:?saw no file, expected where the figures go}
: >"$figures"
peers=$reference/peers ocv=$reference/inputs/ocv_table.csv
cells_a=$reference/inputs/cells_A.csv cells_c=$reference/inputs/cells_C_1000packs.csv.gz

skip() { printf 'skipped: %s\n' "$*" | tee -a "$figures" >&2; }
if [ ! -d "$peers" ]; then
    skip 'rivals outside this process: no folder of reference cases; set TOPBALANCE_REFERENCE'
    exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1

# Debian's interpreter: another one earlier in the path need not have Debian's scipy
python=/usr/bin/python3
has_sundials() { echo '#include <cvode/cvode.h>' | g++ -E -x c++ - >/dev/null 2>&1; }
has_zlib() { echo '#include <zlib.h>' | g++ -E -x c++ - >/dev/null 2>&1; }
has_scipy() { "$python" -c 'import scipy.integrate' 2>/dev/null; }
has() { command -v "$1" >/dev/null; }

install_missing() {
    local missing=()
    has g++ || missing+=(g++)
    has_zlib || missing+=(zlib1g-dev)
    has_sundials || missing+=(libsundials-dev)
    has_scipy || missing+=(python3-scipy)
    has ngspice || missing+=(ngspice)
    if [ ${#missing[@]} = 0 ] || ! has apt-get; then return; fi
    local as=()
    if [ "$(id -u)" != 0 ]; then as=(sudo -n); fi
    echo "installing ${missing[*]}" >&2
    { "${as[@]}" apt-get update && "${as[@]}" apt-get install -y --no-install-recommends "${missing[@]}"; } >apt.log 2>&1 ||
        tail -3 apt.log >&2
}

# prints the 'wall 0.003 s' of a command's output, once per run
walls() { # runs, command...
    local runs=$1; shift
    for _ in $(seq "$runs"); do "$@" | sed -nE 's/.* wall ([-+0-9.e]+) s.*/\1/p'; done
}
seconds_of() { # runs, command...
    local runs=$1; shift
    for _ in $(seq "$runs"); do
        local start=$EPOCHREALTIME
        "$@" >/dev/null 2>&1
        echo "$start $EPOCHREALTIME" | awk '{ printf "%.6f\n", $2 - $1 }'
    done
}
error_of() { # case, results
    "$python" "$peers/compare.py" "$reference/reference/$1_closedform_longdouble.csv" "$2" | sed -nE 's/.*max\|dt\| ([-+0-9.e]+) s.*/\1/p'
}
record() { # who, case, results, timer; seconds on standard input
    # the times first: the comparison must not run beside the solver, nor before it has written its results
    local error seconds
    seconds=$(paste -sd' ')
    error=$(error_of "$2" "$3")
    if [ -z "$error" ] || [ -z "$seconds" ]; then skip "$1, case $2: it ran but gave no figures"; return; fi
    printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$seconds" "$error" "$4" | tee -a "$figures"
}

closed_form() {
    local who='closed form, C++, `-O3 -march=native`'
    if ! g++ -O3 -march=native -o exact "$peers/exact_pack.cpp" -lz 2>exact.log; then skip "$who: it does not build here"; return; fi
    ./exact A "$ocv" "$cells_a" exact_a.csv >/dev/null
    walls 9 ./exact A "$ocv" "$cells_a" - 1000 | record "$who" A exact_a.csv 'solver only, mean of 1,000 repeats'
    ./exact C "$ocv" "$cells_c" exact_c.csv >/dev/null
    walls 9 ./exact C "$ocv" "$cells_c" - 2 | record "$who" C exact_c.csv 'solver only, mean of 2 repeats'
}

cvode() {
    local libraries=(cvode nvecserial sunmatrixdense sunlinsoldense sunnonlinsolfixedpoint)
    if ! has_sundials; then skip 'CVODE: SUNDIALS is not installed'; return; fi
    if ! g++ -O3 -march=native -o cvode "$peers/cvode_pack.cpp" "${libraries[@]/#/-lsundials_}" -lz 2>cvode.log; then
        skip 'CVODE: it does not build here'
        return
    fi
    local rtol atol
    for rtol in 1e-6 1e-9; do
        if [ $rtol = 1e-6 ]; then atol=1e-8; else atol=1e-11; fi
        ./cvode A "$ocv" "$cells_a" $rtol $atol bdf diag "cvode_a.csv" >/dev/null
        walls 15 ./cvode A "$ocv" "$cells_a" $rtol $atol bdf diag |
            record "SUNDIALS CVODE, BDF, diagonal, relative tolerance $rtol" A cvode_a.csv 'solver only'
    done
    walls 5 ./cvode C "$ocv" "$cells_c" 1e-6 1e-8 bdf diag cvode_c.csv |
        record 'SUNDIALS CVODE, BDF, diagonal, relative tolerance 1e-6' C cvode_c.csv 'solver only'
}

scipy() {
    if ! has_scipy; then skip 'scipy: not installed'; return; fi
    local run=("$python" "$peers/scipy_events.py" A LSODA 1e-6 1e-8 "$ocv" "$cells_a" scipy_a.csv)
    walls 9 "${run[@]}" | record 'scipy `solve_ivp`, LSODA with events, relative tolerance 1e-6' A scipy_a.csv 'solver only'
}

spice() {
    if ! has ngspice; then skip 'ngspice: not installed'; return; fi
    "$python" "$peers/gen_ngspice.py" A "$ocv" "$cells_a" 10 10 1e-3 14000 >a.cir
    ngspice -b a.cir >a.log 2>&1
    "$python" "$peers/parse_ngspice.py" a.log >spice_a.csv
    seconds_of 9 ngspice -b a.cir | record 'ngspice, one netlist of the string, largest step 10 s' A spice_a.csv 'whole process'
}

install_missing
if has g++; then closed_form; cvode; else skip 'closed form in C++ and CVODE: no g++'; fi
scipy
spice
