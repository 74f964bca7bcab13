// A wire that nobody is told by.

import Wire from "tls/connection/wire";
import type { Socket } from "../../../modules/io";

export default class TestWire extends Wire {
	constructor(tcp: Socket) {
		super();
		this.open(() => tcp);
	}
	onReadable(): void {}
	onWritable(): void {}
	onError(): void {}
}
