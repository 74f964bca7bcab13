// What ECMA-419's pattern asks of a socket that is not connected yet, or no longer: programs of socket-calls.ts.

import TLSListener from "tls/listener";
import TLSSocket, { type ClientOptions } from "tls/socket";

interface Tools {
	connect(callbacks: Partial<ClientOptions>, port?: number): TLSSocket;
	tell(name: string, call: () => unknown): void;
	listener: TLSListener;
}

export function patternPrograms({ connect, tell, listener }: Tools): Record<string, () => void> {
	const tellAll = (when: string, socket: TLSSocket): void => {
		tell(`${when} read`, () => socket.read());
		tell(`${when} read into`, () => socket.read(new Uint8Array(1)));
		tell(`${when} write`, () => socket.write(Uint8Array.of(1)));
		tell(`${when} address`, () => socket.remoteAddress);
		tell(`${when} port`, () => socket.remotePort);
		tell(`${when} format`, () => socket.format);
		tell(`${when} close`, () => socket.close());
	};
	return {
		closed() {
			connect({
				onWritable() {
					this.close();
					tellAll("closed", this);
					tell("closed from", () => new TLSSocket({ from: this }));
					for (const from of [null, undefined, 5, {}, [], new ArrayBuffer(1)])
						tell("wrong from", () => new TLSSocket({ from: from as never }));
					trace("told\n");
				}
			});
		},
		connecting() {
			tellAll("connecting", connect({ onError: () => trace("never told\n") }));
			const from = connect({ onWritable: () => trace("never told\n"), format: "number" });
			new TLSSocket({
				from,
				onWritable() {
					if (this.target === undefined) this.write(ArrayBuffer.fromString("taken over"));
					this.target = this.format;
				},
				onReadable() {
					trace(`echo ${String.fromArrayBuffer(this.read() as ArrayBuffer)} ${this.target}\n`);
				}
			});
			tellAll("taken", from);
			tell("taken again", () => new TLSSocket({ from }));
		},
		failed() {
			const from = connect({ onError: () => trace("never told\n") }, 1);
			new TLSSocket({
				from,
				onError(error) {
					trace(`${(error as { code?: string }).code}\n`);
					tell("failed from", () => new TLSSocket({ from: this }));
					tellAll("failed", this);
				}
			});
		},
		numbers() {
			connect({
				onWritable(count) {
					tell("buffer", () => this.write(32));
					tell("buffer more", () => this.write(32, { more: true }));
					this.format = "number";
					for (const wrong of [-1, 256, 1.5, Number.NaN]) tell(`number ${wrong}`, () => this.write(wrong));
					for (let left = count; left > 1; left--) this.write(32, { more: true });
					tell("room", () => this.write(33));
					trace(`wrote ${count > 1000}\n`);
					this.close();
				}
			});
		},
		parts() {
			let sent = 0;
			let seen = 0;
			connect({
				onWritable(count) {
					if (sent > 0) return;
					sent = count;
					tell("one too many", () => this.write(new ArrayBuffer(count + 1)));
					this.format = "number";
					for (let at = 0; at < count; at++) this.write(at % 251);
					tell("another byte", () => this.write(0));
					this.format = "buffer";
				},
				onReadable() {
					for (const byte of new Uint8Array(this.read() as ArrayBuffer))
						if (byte !== seen++ % 251) trace(`wrong at ${seen}\n`);
					if (seen === sent) trace(`arrived ${seen > 1000}\n`);
				}
			});
		},
		borrowed() {
			const { get } = Object.getOwnPropertyDescriptor(TLSSocket.prototype, "format") as { get(): unknown };
			const getter = (name: string) => Object.getOwnPropertyDescriptor(TLSSocket.prototype, name)?.get ?? get;
			const { prototype } = TLSSocket;
			const others = [{}, [], "text", new ArrayBuffer(1)] as unknown as TLSSocket[];
			for (const [at, other] of others.entries()) {
				tell(`borrowed ${at} read`, () => prototype.read.call(other, 1 as never));
				tell(`borrowed ${at} write`, () => prototype.write.call(other, new ArrayBuffer(1)));
				tell(`borrowed ${at} close`, () => prototype.close.call(other));
				for (const name of ["remoteAddress", "remotePort", "format"])
					tell(`borrowed ${at} ${name}`, () => getter(name).call(other));
			}
			for (const [at, other] of (others as unknown as TLSListener[]).entries()) {
				tell(`listener ${at} read`, () => TLSListener.prototype.read.call(other));
				tell(`listener ${at} close`, () => TLSListener.prototype.close.call(other));
			}
			trace("told\n");
		},
		ports() {
			const { context: secure } = listener;
			const any = new TLSListener({ address: "127.0.0.1", secure });
			tell("free", () => any.port > 0 && any.port !== listener.port);
			any.close();
			tell("listen undefined", () => new TLSListener({ port: undefined as never, secure }));
			tell("connect undefined", () => connect({ port: undefined as never }));
			tell("connect nowhere", () =>
				connect({ host: undefined as never, address: undefined as never, servername: "a" })
			);
			trace("told\n");
		},
		listener() {
			tell("format", () => listener.format);
			tell("format 123", () => {
				listener.format = "123" as never;
			});
			tell("read", () => listener.read());
			listener.close();
			tell("closed read", () => listener.read());
			tell("closed port", () => listener.port);
			trace("told\n");
		}
	};
}
