// A client and an echo server of ours in one program: what a TLSSocket makes of parameters and of being taken over.

import Resource from "Resource";
import TCP from "embedded:io/socket/tcp";
import config from "mc/config";
import TLSContext from "tls/context";
import TLSListener from "tls/listener";
import TLSSocket, { type ClientOptions } from "tls/socket";
import { patternPrograms } from "./socket-pattern";

const bytes = (text: string): ArrayBuffer => ArrayBuffer.fromString(text);
const text = (socket: TLSSocket): string => String.fromArrayBuffer(socket.read() as ArrayBuffer);

function listen(): TLSListener {
	return new TLSListener({
		port: 0,
		address: "127.0.0.1",
		secure: { cert: new Resource("p256.pem"), key: new Resource("p256.key.pem") },
		onReadable() {
			new TLSSocket({
				from: this.read() as TLSSocket,
				onReadable() {
					const received = this.read() as ArrayBuffer;
					if (config.program !== "numbers") this.write(received);
				},
				onError() {
					this.close();
				}
			});
		}
	});
}
const listener = listen();
const secure = new TLSContext({ ca: new Resource("ca.pem") });

function connect(callbacks: Partial<ClientOptions>, port = listener.port): TLSSocket {
	return new TLSSocket({
		host: "localhost",
		address: "127.0.0.1",
		port,
		TCP: { io: TCP as never },
		secure,
		...callbacks
	});
}

function tell(name: string, call: () => unknown): void {
	try {
		trace(`${name}: ${call()}\n`);
	} catch (error) {
		trace(`${name}: ${(error as Error).name}\n`);
	}
}

const programs: Record<string, () => void> = {
	write() {
		let isAsked = false;
		connect({
			onWritable() {
				if (isAsked) return;
				isAsked = true;
				for (const wrong of ["abc", null, undefined, {}, [1]]) {
					tell(`write ${JSON.stringify(wrong)}`, () => this.write(wrong as never));
					tell(`write ${JSON.stringify(wrong)} more`, () => this.write(wrong as never, { more: true }));
				}
				for (const wrong of [-1, 256, 1.5, Number.NaN]) tell(`write ${wrong}`, () => this.write(wrong));
				this.write(bytes("only this"));
			},
			onReadable() {
				trace(`echo ${text(this)}\n`);
			}
		});
	},
	like() {
		const [same, other] = [bytes("abc"), bytes("deg")];
		let isAsked = false;
		connect({
			onWritable() {
				if (!isAsked) this.write(bytes("abcdef"));
				isAsked = true;
			},
			onReadable(count) {
				const like = (length: number, known: ArrayBuffer) => this.direct?.readLike(length, known);
				for (const wrong of [0, -1, 1.5, Number.NaN, count + 1]) tell(`like ${wrong}`, () => like(wrong, same));
				tell("like none", () => like(1, undefined as never));
				trace(`like the same: ${like(3, same) === same}\n`);
				trace(`like another: ${String.fromArrayBuffer(like(3, other) as ArrayBuffer)}\n`);
				this.close();
				tell("like closed", () => like(1, same));
			}
		});
	},
	read() {
		let isAsked = false;
		connect({
			onWritable() {
				if (!isAsked) this.write(bytes("abcdef"));
				isAsked = true;
			},
			onReadable() {
				for (const wrong of [1.9, 0, -1, 7, 1e10, Number.NaN, Number.POSITIVE_INFINITY]) {
					tell(`read ${wrong}`, () => this.read(wrong));
				}
				trace(`rest ${text(this)}\n`);
			}
		});
	},
	views() {
		const words = Uint16Array.of(0x6261, 0x6463);
		const into = new DataView(new ArrayBuffer(4));
		connect({
			onWritable() {
				if (this.target === undefined) this.write(words);
				this.target = "asked";
			},
			onReadable() {
				for (const wrong of [new Uint32Array(1), new Float64Array(1), new BigInt64Array(1)])
					tell(`into ${wrong.constructor.name}`, () => this.read(wrong));
				trace(`echo ${this.read(into)} 0x${into.getUint32(0, true).toString(16)}\n`);
			}
		});
	},
	held() {
		let isTaken = false;
		connect({
			onWritable() {
				if (isTaken) return;
				isTaken = true;
				this.write(bytes("held and "), { more: true });
				const taker = new TLSSocket({
					from: this,
					onReadable() {
						trace(`echo ${text(this)}\n`);
					}
				});
				taker.write(bytes("handed over"));
			}
		});
	},
	session() {
		let isTaken = false;
		connect({
			onWritable() {
				if (isTaken) return;
				isTaken = true;
				new TLSSocket({
					from: this,
					onSession: session => trace(`session of ${session.byteLength > 0}\n`)
				}).write(bytes("x"));
			}
		});
	},
	several() {
		const listeners = [listen(), listen(), listener];
		let answers = 0;
		for (let index = 0; index < 12; index++) {
			connect(
				{
					onWritable() {
						if (this.target === undefined) this.write(bytes(`client ${index}`));
						this.target = "asked";
					},
					onReadable() {
						answers += text(this) === `client ${index}` ? 1 : 0;
						trace(`answers ${answers}\n`);
					}
				},
				listeners[index % listeners.length]?.port
			);
		}
	},
	truncated() {
		connect(
			{
				onError() {
					new TLSSocket({ from: this, onError: error => trace(`ended ${(error as { code?: string })?.code}\n`) });
				}
			},
			Number(config.port)
		);
	}
};
Object.assign(programs, patternPrograms({ connect, tell, listener }));
programs[String(config.program)]?.();
