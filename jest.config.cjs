// One configuration, two projects: `unit` runs TypeScript in Node; `interop` starts the desk host and real clients.
const { sourceFiles } = require("./host-tests/modules.cjs");

const swc = [
	"@swc/jest",
	{ jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } }
];
const common = {
	testEnvironment: "node",
	testRunner: "<rootDir>/host-tests/jest-runner.cjs",
	cacheDirectory: "<rootDir>/build/jest",
	// Jest's file map takes minutes over the sources that are unpacked there.
	modulePathIgnorePatterns: ["<rootDir>/build/", "<rootDir>/dist/"],
	transform: { "\\.ts$": swc },
	moduleNameMapper: sourceFiles
};

module.exports = {
	testSequencer: "<rootDir>/host-tests/jest-sequencer.cjs",
	projects: [
		{
			...common,
			displayName: "unit",
			rootDir: __dirname,
			testMatch: ["<rootDir>/host-tests/unit/**/*.test.ts"],
			moduleNameMapper: {
				...sourceFiles,
				"^(timer|time)$": "<rootDir>/host-tests/unit/sdk/$1",
				"^Resource$": "<rootDir>/host-tests/unit/sdk/resource"
			},
			setupFiles: ["<rootDir>/host-tests/unit/xs-globals.ts", "<rootDir>/host-tests/unit/sdk/array-buffer.ts"],
			setupFilesAfterEnv: ["<rootDir>/host-tests/patience.ts"]
		},
		{
			...common,
			displayName: "interop",
			rootDir: __dirname,
			testMatch: ["<rootDir>/host-tests/interop/**/*.test.ts"],
			globalSetup: "<rootDir>/host-tests/interop/setup.ts",
			setupFilesAfterEnv: ["<rootDir>/host-tests/patience.ts"]
		}
	]
};
