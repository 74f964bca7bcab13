// A Responder whose network is the test's, and what the network says of `lamp.local`.

import { afterEach, beforeEach, jest } from "@jest/globals";
import Responder from "../../../modules/discovery/responder";
import { message, query, response, types } from "./dns";
import { Network } from "./network";

export const group = "224.0.0.251";

/** Another device has the name. */
export const other: Uint8Array = response({ name: "lamp.local", type: types.A, data: "192.168.1.6" });
export const ask: Uint8Array = query("lamp.local", types.A);
/** Another device, at that address, wants it. */
export const rival = (data: string): Uint8Array =>
	message({
		questions: [{ name: "lamp.local", type: types.ANY }],
		authorities: [{ name: "lamp.local", type: types.A, data }]
	});

export class Holder {
	readonly network = new Network();
	readonly responder = new Responder({ socket: { io: this.network.io } });
	/** `ready` and `error`, as they come. */
	readonly heard: string[] = [];

	claim(serviceType = "_https._tcp") {
		return this.responder.claim({
			host: "lamp",
			address: "192.168.1.5",
			serviceTypes: [serviceType],
			onReady: () => this.heard.push("ready"),
			onError: () => this.heard.push("error")
		});
	}

	/** Holds the name, and has said so. */
	hold() {
		const held = this.claim();
		jest.advanceTimersByTime(1_000);
		const service = this.responder.advertise({ host: "lamp", serviceType: "_https._tcp", port: 443 });
		jest.advanceTimersByTime(5_000);
		this.network.take();
		return { held, service };
	}
}

export let holder: Holder;

/** Each test of the file has a new one, and a clock that it turns itself. */
export function eachHasItsHolder(): void {
	beforeEach(() => {
		jest.useFakeTimers();
		jest.spyOn(Math, "random").mockReturnValue(0);
		holder = new Holder();
	});
	afterEach(() => {
		holder.responder.close();
		jest.restoreAllMocks();
		jest.useRealTimers();
	});
}
