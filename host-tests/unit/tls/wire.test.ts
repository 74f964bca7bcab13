import { expect, test } from "@jest/globals";
import type Session from "tls/session";
import Wire from "tls/wire";
import type { Socket } from "../../../modules/io";

test("TCP that throws since its peer has left, as the SDK's does before it can tell, has no more room", () => {
	const tcp = {
		write() {
			throw new Error("not ready");
		}
	};
	const session = { pending: 5, drain: () => new ArrayBuffer(10) };
	const wire = new Wire(() => tcp as unknown as Socket, { receive() {}, makeRoom() {}, lose() {} });
	wire.room = 100;
	wire.drain(session as unknown as Session);
	expect([wire.room, wire.isStuck]).toEqual([0, true]);
});
