// `make release-check`: what is wrong with a package before anybody installs it. node package/check.mjs TARBALL
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";

/** Bytes of the tarball: modules, their C, the certificate tool, and half a megabyte of what that one needs. */
const MOST = 1_360_000;
const brought = ["certs/", "dist/", "docs/", "node_modules/", "package/bin.mjs"];
const atRoot = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"];
const faces = ["acme", "discovery", "httpsd", "httpsd/filters", "identity", "provisioning", "tls"];

const [, , tarball] = process.argv;
const unpacked = mkdtempSync(join(tmpdir(), "release-"));
process.on("exit", () => rmSync(unpacked, { recursive: true, force: true }));
execFileSync("tar", ["-xzf", tarball, "-C", unpacked]);
const root = join(unpacked, "package");
const read = path => readFileSync(join(root, path), "utf8");
const files = readdirSync(root, { recursive: true, withFileTypes: true })
	.filter(entry => entry.isFile())
	.map(entry => posix.join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1));
const own = files.filter(path => !path.startsWith("node_modules/"));
const wrong = [];
const hold = (isRight, text) => isRight || wrong.push(text);

function checkContents() {
	const { size } = statSync(tarball);
	hold(size <= MOST, `it has ${size} bytes, of ${MOST} at most`);
	for (const path of files)
		hold(brought.some(start => path.startsWith(start)) || atRoot.includes(path), `${path} does not belong there`);
	for (const path of own) {
		hold(!/(^|\/)(host-tests|examples|test)\/|\.test\./.test(path), `${path} is a test`);
		hold(!/(?<!\.d)\.ts$/.test(path), `${path} is not compiled`);
		hold(!/\.pem$/.test(path), `${path} may be a key`);
	}
	for (const file of ["index.html", "app.js.gz", "app.css.gz"])
		hold(files.includes(`dist/dashboard/page/${file}`), `dist/dashboard/page/${file} is missing`);
	for (const path of ["dist/fiat/LICENSE", "dist/certs/main.js", "certs/bin/certs.mjs"])
		hold(files.includes(path), `${path} is missing`);
}

function checkVersion({ version, devDependencies, dependencies, bundleDependencies, private: isPrivate }) {
	const [, newest] = /^## (\S+)/m.exec(read("CHANGELOG.md")) ?? [];
	hold(newest === version, `package.json has version ${version}, CHANGELOG.md begins with ${newest}`);
	const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
	hold(lock.version === version, `package-lock.json has version ${lock.version}`);
	hold(JSON.parse(read("dist/package.json")).version === version, "dist/package.json has another version");
	hold(isPrivate === undefined, "it is private");
	for (const name of Object.keys(dependencies)) {
		hold(bundleDependencies.includes(name), `${name} would come from the network`);
		hold(!(name in devDependencies), `${name} is a dependency twice`);
	}
}

function checkExports({ exports }) {
	const modules = faces.flatMap(folder =>
		readdirSync(join("modules", folder))
			.filter(name => name.endsWith(".ts"))
			.map(name => `${folder}/${name.slice(0, -3)}`)
	);
	const named = Object.keys(exports).filter(key => key !== "./package.json");
	for (const module of modules) hold(named.includes(`./${module}`), `${module} is not among exports`);
	for (const key of named) {
		const { types, default: script } = exports[key];
		for (const path of [types, script]) hold(files.includes(path.slice(2)), `exports name ${path}, which is missing`);
		hold(
			script === `./dist/${key.slice(2)}.js`,
			`${key} is not where its name says: mcpack would make a module more of it`
		);
	}
}

/** What a manifest and those that it includes bring: paths, with and without their extension. */
function* broughtBy(path, seen = new Set()) {
	if (seen.has(path)) return;
	seen.add(path);
	const { include, modules, platforms } = JSON.parse(read(path));
	for (const other of [include ?? []].flat().filter(each => !each.startsWith("$"))) {
		const to = posix.join(dirname(path), other);
		hold(files.includes(to), `${path} includes ${to}, which is missing`);
		if (files.includes(to)) yield* broughtBy(to, seen);
	}
	const sources = [modules, ...Object.values(platforms ?? {}).map(each => each.modules)].flatMap(each =>
		Object.values(each ?? {}).flat()
	);
	for (const source of sources.filter(each => each.startsWith("./"))) yield posix.join(dirname(path), source);
}

function checkManifests({ name }) {
	const parts = ["text", "platform", "tls", "httpsd", "identity", "acme", "discovery", "provisioning"];
	const sources = new Set(parts.flatMap(part => [...broughtBy(`dist/${part}/manifest.json`)]));
	const isBrought = path => sources.has(path.replace(/\.\w+$/, "")) || sources.has(`${posix.dirname(path)}/*`);
	for (const path of own.filter(path =>
		/^dist\/(text|platform|tls|httpsd|identity|acme|discovery|provisioning)\/.*\.(js|c)$/.test(path)
	))
		hold(isBrought(path), `no manifest brings ${path}`);
	for (const part of parts) {
		const { preload } = JSON.parse(read(`dist/${part}/manifest_native.json`));
		for (const module of [preload].flat().filter(each => each.startsWith(`${name}/`)))
			hold(files.includes(`dist/${module.slice(name.length + 1)}.js`), `${module} is preloaded, and missing`);
	}
}

/** What mcpack compiles: on every platform C that all of them have. */
function checkScope() {
	const { include } = JSON.parse(read("dist/package.json")).moddable.manifest;
	for (const path of include)
		for (const file of files.filter(each => each.startsWith(`${posix.dirname(posix.join("dist", path))}/`)))
			if (file.endsWith(".c"))
				hold(
					!/^#include "lwip\//m.test(read(file)),
					`${file} is for some platforms alone, and mcpack compiles it on all`
				);
}

function checkImports() {
	for (const path of own.filter(path => /^dist\/(?!certs).*\.(js|d\.ts)$/.test(path)))
		for (const [, specifier] of read(path).matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
			const to = posix.join(dirname(path), specifier);
			const candidates = path.endsWith(".js") ? [to] : [to.replace(/\.js$/, ".d.ts")];
			hold(
				candidates.some(each => existsSync(join(root, each))),
				`${path} imports ${specifier}, which is missing`
			);
		}
}

const manifest = JSON.parse(read("package.json"));
checkContents();
checkVersion(manifest);
checkExports(manifest);
checkManifests(manifest);
checkScope();
checkImports();
for (const text of wrong) console.error(`release-check: ${text}`);
if (wrong.length === 0)
	console.log(
		`release-check: ${manifest.name} ${manifest.version}: ${files.length} files, ${statSync(tarball).size} bytes`
	);
process.exitCode = wrong.length === 0 ? 0 : 1;
