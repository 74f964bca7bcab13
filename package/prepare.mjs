// Makes dist/, which is the package beside its documentation: `npm pack` runs this first.
//
// dist/ has the modules as JavaScript with declarations, their C, their manifests, fiat-crypto's headers, the compiled certificate tool, and
// what brings mbedTLS for the simulator. It is a package's root of its own, with its name and a manifest in its package.json: by that the SDK's
// mcpack names its modules as they are imported.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { limits, rename, split } from "./manifests.mjs";
import { rewrite } from "./specifiers.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
const compiled = "build/package/compiled";
const made = `build/package/dist-${process.pid}`;
const folders = readdirSync("modules", { withFileTypes: true })
	.filter(entry => entry.isDirectory())
	.map(entry => entry.name);
const names = { name, folders };
const toolchain = [
	"compiler.mk",
	"debian-source.sh",
	"mbedtls-source.sh",
	"mbedtls.mk",
	"packages.sh",
	"sources.mk",
	"variant32.sh"
];

/** What C says where mbedTLS is not there. */
const inClone = "Once, in the folder of the HTTPS server's clone: make modules";

function run(program, ...parameters) {
	const { status, error } = spawnSync(program, parameters, { stdio: ["ignore", 2, 2] });
	if (error) throw error;
	if (status !== 0) process.exit(1);
}

function write(path, text) {
	mkdirSync(dirname(join(made, path)), { recursive: true });
	writeFileSync(join(made, path), text, { mode: path.endsWith(".sh") ? 0o755 : 0o644 });
}

const filesIn = folder =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));

function addModules() {
	rmSync(compiled, { recursive: true, force: true });
	run(process.execPath, "node_modules/typescript/bin/tsc", "-p", "package");
	for (const path of filesIn(compiled)) {
		const text = rewrite(readFileSync(join(compiled, path), "utf8"), path, names);
		const own = text.replaceAll("modules/without/", `${name}/dist/without/`);
		write(path, own.replaceAll("node certs/bin/certs.mjs", "npx certs"));
	}
	for (const ending of ["js", "d.ts"])
		cpSync(join(made, `platform/desk/limits.${ending}`), join(made, `platform/limits.${ending}`));
	rmSync(join(made, "platform/desk"), { recursive: true });
	cpSync("modules/io.d.ts", join(made, "io.d.ts"));
	for (const path of filesIn("modules").filter(path => /\.[ch]$|sdkconfig/.test(path)))
		write(
			path,
			readFileSync(join("modules", path), "utf8").replace(inClone, "Once: npx moddable-https-server simulator")
		);
}

/** The dashboard's page, as a firmware's resources. */
function addDashboard() {
	run(process.execPath, "dashboard/build.mjs");
	for (const path of filesIn("build/dashboard"))
		write(join("dashboard/page", path), readFileSync(join("build/dashboard", path)));
	write("dashboard/manifest.json", `${JSON.stringify({ data: { "dashboard+*": "./page/*" } }, null, "\t")}\n`);
}

function addManifests() {
	for (const path of filesIn("modules").filter(path => path.endsWith(".json"))) {
		const manifest = JSON.parse(readFileSync(join("modules", path), "utf8"));
		const folder = dirname(path);
		if (folder === "platform") {
			write("platform/manifest_native.json", limits(manifest, names));
			write("platform/manifest.json", `${JSON.stringify({ include: "./manifest_native.json" }, null, "\t")}\n`);
		} else if (folder === "sdk" || folder === "without") write(path, rename(manifest, names));
		else
			for (const [file, text] of Object.entries(split(manifest, join("modules", folder), names)))
				write(join(folder, file), text);
	}
}

/**
 * For mcpack: nothing but C and options, since it follows imports itself. TCP of lwIP is for some platforms, of which tls's manifest knows; and
 * provisioning brings the SDK's Wi-Fi, which who wants it includes.
 */
function addScope() {
	const natives = folders.filter(folder => !["provisioning", "sdk", "tcp", "without"].includes(folder));
	const manifest = { include: natives.map(folder => `./${folder}/manifest_native.json`) };
	write("package.json", `${JSON.stringify({ name, version, type: "module", moddable: { manifest } }, null, "\t")}\n`);
}

function addTools() {
	run(process.execPath, "node_modules/typescript/bin/tsc", "-p", "certs", "--outDir", join(made, "certs"));
	write("certs/package.json", '{ "type": "commonjs" }\n');
	run("host-tests/toolchain/fiat-source.sh");
	const headers = readdirSync("build/cache/fiat").filter(file =>
		/^(p256|curve25519)_(32|64)\.h$|^p256_64_msvc|^intrin|^LICENSE/.test(file)
	);
	for (const file of headers) write(join("fiat", file), readFileSync(join("build/cache/fiat", file)));
	for (const file of toolchain) {
		const text = readFileSync(join("host-tests/toolchain", file), "utf8");
		write(
			join("toolchain", file),
			text.replaceAll("host-tests/toolchain", "dist/toolchain").replace(/(?<![a-z_])modules(?=\/| -name)/g, "dist")
		);
	}
}

addModules();
addManifests();
addDashboard();
addScope();
addTools();
rmSync("dist", { recursive: true, force: true });
renameSync(made, "dist");
