// Z16 Z12: each piece of a form had a promise that waited for that of the next piece, so a form of 200 bytes that came byte by byte
// filled XS's block, and a device restarted.

import { connect } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { type Device, home, startDevice } from "./device";

let device: Device;
afterEach(() => device.stop());

test("Z16 Z12 a form that comes byte by byte takes no more of an ESP32-C3's memory than one that comes at once", async () => {
	device = await startDevice({ desk: { variant: "device", platform: "esp32c3", with: ["provisioning"] } });
	await device.shows(/value="Home"/);
	const content = `ssid=${home.ssid}&password=short&more=${"x".repeat(240)}`;
	const fields = `content-type: application/x-www-form-urlencoded\r\ncontent-length: ${content.length}`;
	const socket = connect({ port: device.port, host: "127.0.0.1", noDelay: true });
	let text = "";
	let isOver = false;
	const end = () => {
		isOver = true;
	};
	socket.on("error", end).on("close", end);
	socket.on("data", bytes => {
		text += bytes;
	});
	socket.write(
		`POST /join HTTP/1.1\r\nhost: 127.0.0.1:${device.port}\r\norigin: ${device.origin}\r\n${fields}\r\n\r\n`
	);
	for (const byte of content) {
		if (isOver) break;
		await new Promise(resolve => void socket.write(byte, resolve));
		await new Promise(resolve => setTimeout(resolve, 5));
	}
	await until(
		() => isOver || text.includes("\r\n\r\n"),
		() => `an answer, but ${text}`
	);
	socket.destroy();
	expect(device.output).not.toMatch(/out of memory/);
	expect(text).toMatch(/^HTTP\/1.1 422 /);
	await device.shows(/value="Home"/);
});
