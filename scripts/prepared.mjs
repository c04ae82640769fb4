// Makes a checkout ready to run: installs and builds what is missing or stale, and is quick when nothing is.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const installStamp = join(root, 'node_modules', '.prepared');
const buildStamp = join(root, 'dist', '.prepared');

function filesBelow(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !/\.(spec|long)\.ts$/.test(path))
    .sort();
}

function fingerprint(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) hash.update(path.slice(root.length)).update(readFileSync(path));
  return hash.digest('hex');
}

function isFresh(stamp, print) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === print;
}

function run(what, command, args) {
  process.stderr.write(`${what}\n`);
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) {
    process.stderr.write(`${stdout ?? ''}${stderr ?? ''}\nFailed: ${command} ${args.join(' ')}\n`);
    process.exit(status ?? 1);
  }
  process.stderr.write(`  done in ${Math.round((Date.now() - started) / 1000)} s\n`);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Node 20.19 or newer is needed; this is ${process.version}\n`);
  process.exit(1);
}

/** Whether a plain `npm ci` has put exactly these packages there already: what it notes agrees with the lock file. */
function isInstalled() {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installStamp) || !existsSync(note)) return false;
  const there = JSON.parse(readFileSync(note, 'utf8')).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages).filter(([path]) => path !== '');
  return wanted.every(([path, { version, optional, devOptional, peer }]) => (path in there ? there[path].version === version : optional === true || devOptional === true || peer === true));
}

const packages = fingerprint([join(root, 'package.json'), join(root, 'package-lock.json')]);
if (isInstalled()) writeFileSync(installStamp, packages);
if (!isFresh(installStamp, packages)) {
  run('Installing packages (a minute or two the first time) …', 'npm', ['ci', '--no-audit', '--no-fund']);
  writeFileSync(installStamp, packages);
}

const sources = fingerprint([...filesBelow('src'), ...filesBelow('kernels'), ...['scripts/build-kernels.mjs', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'].map((name) => join(root, name))]) + packages;
if (!isFresh(buildStamp, sources)) {
  run('Building …', 'npm', ['run', '--silent', 'build']);
  writeFileSync(buildStamp, sources);
}
