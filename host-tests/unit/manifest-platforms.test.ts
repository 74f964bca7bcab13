// What manifests say of each platform of the SDK.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { foldersOf, type Manifest, read, readText, root } from "./manifests";

test("modules/tls brings the sockets of the SDK for each platform, and nothing else that drives hardware or joins a network", () => {
	const { include, preload, platforms } = read<Manifest>("modules/tls/manifest.json");
	expect(include.filter(path => path.includes("MODDABLE"))).toEqual([]);
	const sockets = ["tcp", "listener"].map(name => `embedded:io/socket/${name}`);
	expect(preload).toEqual(expect.arrayContaining(sockets));
	const { win: _, esp32, ...supported } = platforms;
	expect([esp32?.include, esp32?.modules]).toEqual(["../tcp/manifest.json", undefined]);
	for (const { modules } of Object.values(supported)) {
		const named = Object.values(modules).flat();
		const ofTheSDK = named.filter(path => path.startsWith("$(MODDABLE)"));
		const [tcp = ""] = [modules["embedded:io/socket/tcp"]].flat();
		const folder = tcp.slice(0, -"/tcp".length);
		expect(folder).toMatch(/^\$\(MODDABLE\)\/modules\/io\/socket\/(lwip|lin|mac)$/);
		expect(ofTheSDK.sort()).toEqual(
			["$(MODDABLE)/modules/io/common/builtinCommon", `${folder}/listener`, `${folder}/tcp`].sort()
		);
	}
});

test("modules/tcp stands for the SDK's sockets, and takes those out of what includes them too", () => {
	const { modules, preload } = read<Manifest>("modules/tcp/manifest.json");
	const { "~": without, "*": files = [], ...sockets } = modules;
	const names = ["tcp", "listener", "udp"];
	expect(Object.entries(sockets)).toEqual(names.map(name => [`embedded:io/socket/${name}`, `./${name}`]));
	expect(preload).toEqual(Object.keys(sockets));
	expect(without).toEqual(names.map(name => `$(MODDABLE)/modules/io/socket/lwip/${name}`));
	const folders = foldersOf("modules/tcp").filter(folder => folder !== "");
	expect(files).toEqual(expect.arrayContaining(folders.map(folder => `./${folder}/*`)));
});

test("sdkconfig: one line an option, which mcconfig merges by name", () => {
	const lines = readFileSync(join(root, "modules/tls/sdkconfig/sdkconfig.defaults"), "utf8").trimEnd().split("\n");
	const options = lines.filter(line => line !== "" && !line.startsWith("#"));
	const names = options.map(line => line.split("=")[0]);
	expect(options).toEqual(options.filter(line => /^CONFIG_[A-Z0-9_]+=(y|n|\d+)$/.test(line)));
	expect(new Set(names).size).toBe(names.length);
});

test("modules/discovery, modules/provisioning: a UDP socket on an ESP32 is that of modules/tcp, which keeps a bounded part of a flood", () => {
	for (const name of ["discovery", "provisioning"]) {
		const { platforms } = read<Manifest>(`modules/${name}/manifest.json`);
		expect(platforms.esp32).toEqual({ include: "../tcp/manifest.json" });
	}
});

test("sdkconfig: lwIP keeps nothing of what comes out of order, in frames of the driver's from the C heap, and puts no fragments together", () => {
	const options = readFileSync(join(root, "modules/tls/sdkconfig/sdkconfig.defaults"), "utf8").split("\n");
	for (const name of ["TCP_QUEUE_OOSEQ", "IP4_REASSEMBLY", "IP6_REASSEMBLY"])
		expect(options).toContain(`CONFIG_LWIP_${name}=n`);
});

test("sdkconfig: lwIP asserts nothing of what a peer decides: a SYN with a window of 0 and a small one later restarted an ESP32", () => {
	const options = readFileSync(join(root, "modules/tls/sdkconfig/sdkconfig.defaults"), "utf8").split("\n");
	expect(options).toContain("CONFIG_LWIP_ESP_LWIP_ASSERT=n");
});

test("modules/platform: one folder for each platform, and each of them has all limits", () => {
	const { platforms } = read<{ platforms: Record<string, Manifest> }>("modules/platform/manifest.json");
	const named = Object.values(platforms).map(({ modules }) => modules["platform/*"]);
	const folders = readdirSync(join(root, "modules/platform"), { withFileTypes: true }).filter(each =>
		each.isDirectory()
	);
	expect(named.sort()).toEqual(folders.map(({ name }) => `./${name}/*`).sort());
	const limits = folders.map(({ name }) => require(join(root, `modules/platform/${name}/limits`)));
	for (const each of limits)
		for (const name of ["httpLimits", "tlsLimits"])
			expect(Object.keys(each[name])).toEqual(Object.keys(limits[0][name]));
});

test("modules/httpsd: XS has one block on an ESP32, which it does not have to share with TLS; boards say themselves what they have", () => {
	const { creation, platforms } = read<Manifest>("modules/httpsd/manifest.json");
	const row = /\{"esp32", (.*)\}/.exec(readText("host-tests/desk/device/platforms.c"))?.[1]?.split(", ") ?? [];
	const [block, initial, incremental, slots, moreSlots] = row.map(Number);
	expect(platforms.esp32?.creation).toEqual({
		static: block,
		chunk: { initial, incremental },
		heap: { initial: slots, incremental: moreSlots }
	});
	expect(readText("host-tests/desk/device/platforms.c")).toContain(
		`xsStack = ${creation?.stack}, xsStackOfESP8266 = ${platforms.esp?.creation?.stack} }`
	);
	// mcconfig takes the first name that matches, so that nothing of the above is said of a board.
	expect(Object.entries(platforms)[0]).toEqual(["esp32/*", {}]);
});
