// The modules of the firmware, as `paths` in tsconfig.json names them, for all who start the desk host or look for a
// module's file. `node modules.cjs LIMITS` prints the desk's options.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { compilerOptions } = require("../tsconfig.json");

const moduleNames = Object.keys(compilerOptions.paths).map(pattern => pattern.replace("/*", ""));

// By prefix of specifiers. `limits` is the folder of modules/platform whose limits apply.
const compiledFolders = (limits = "desk") =>
	Object.fromEntries(
		moduleNames.map(name => [`${name}/`, `build/js/modules/${name === "platform" ? `platform/${limits}` : name}/`])
	);

const moduleOptions = limits =>
	Object.entries(compiledFolders(limits)).flatMap(([prefix, folder]) => ["--module", `${prefix}=${folder}`]);

// How many connections a server has at once there.
const placesOf = limits => {
	const path = join(__dirname, "../modules/platform", limits, "limits.ts");
	return Number(/maxConnections: (\d+)/.exec(readFileSync(path, "utf8"))[1]);
};

// For jest: patterns of specifiers, and the sources.
const sourceFiles = Object.fromEntries(
	Object.entries(compilerOptions.paths).map(([pattern, [path]]) => [
		`^${pattern.replace("*", "(.*)")}$`,
		path.replace("./", "<rootDir>/").replace("*", "$1")
	])
);

module.exports = { moduleNames, compiledFolders, moduleOptions, placesOf, sourceFiles };

if (require.main === module) console.log(moduleOptions(process.argv[2]).join(" "));
