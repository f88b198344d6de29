# Sourced by the scripts of this folder after they have set `root` and `may_install` (yes or no).
# Makes sure that the packages of package-lock.json are there, and sets `node` to a Node.js that runs this code.

lock_hash() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum <"$root/package-lock.json" | cut -d ' ' -f 1
  else
    cksum <"$root/package-lock.json" | cut -d ' ' -f 1
  fi
}

packages_are_there() {
  [ -d "$root/node_modules" ] || return 1
  [ "$(cat "$root/node_modules/.yingmen-installed" 2>/dev/null)" = "$(lock_hash)" ] && return 0
  # npm writes its own list last; when it is newer than the lock, somebody installed by hand.
  [ -n "$(find "$root/node_modules/.package-lock.json" -newer "$root/package-lock.json" 2>/dev/null)" ]
}

if ! packages_are_there; then
  if [ "$may_install" != yes ]; then
    echo "The packages are missing or older than package-lock.json: run npm ci --ignore-scripts in $root (or npm start)." >&2
    exit 1
  fi
  if ! command -v npm >/dev/null 2>&1; then
    echo "npm is missing: install Node.js with npm (on Debian: apt-get install nodejs npm), then try again." >&2
    exit 1
  fi
  echo "Installing packages (the first time this takes a minute or two) …" >&2
  # All kinds of packages, whatever NODE_ENV says: the pages are built here.
  install="--ignore-scripts --no-audit --no-fund --include=dev --include=optional --loglevel=error"
  # `npm ci` refuses a lock that lacks optional packages of foreign platforms, which npm leaves out when a registry does
  # not have them; `npm install --no-save` takes the same locked versions and leaves the lock as it is.
  if ! message=$(cd "$root" && npm ci $install 2>&1 </dev/null) &&
    ! message=$(cd "$root" && npm install --no-save $install 2>&1 </dev/null); then
    printf '%s\n' "$message" "Installing the packages failed; npm's message is above." >&2
    exit 1
  fi
  lock_hash >"$root/node_modules/.yingmen-installed"
fi

node=$root/node_modules/.bin/node
if ! "$node" --version >/dev/null 2>&1; then
  node=$(command -v node || echo none)
  major=$("$node" -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
  if [ "$major" -lt 24 ]; then
    echo "Node.js 24 is missing: npm brings it for Linux and macOS (run npm ci --ignore-scripts --include=optional in $root); elsewhere install it from https://nodejs.org." >&2
    exit 1
  fi
fi
