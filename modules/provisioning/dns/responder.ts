import UDP from "embedded:io/socket/udp";
import { provisioningLimits } from "../limits";
import { answerQuestion } from "./answer";

export interface ResponderOwner {
	/** The address that every name has: four numbers with dots. */
	readonly address: string;
	/** Whether who asks from there is answered. */
	isOurs(address: string): boolean;
}

/** A name server of the access point, which sends who asks for any name to the device. */
export default class Responder {
	/** The SDK's typings have no `close()`. */
	readonly #udp: UDP & { close(): void };
	readonly #owner: ResponderOwner;

	/** @param port 53 where clients are to find it. @throws {Error} when it is taken. */
	constructor(owner: ResponderOwner, port: number) {
		this.#owner = owner;
		this.#udp = new UDP({ port, onReadable: count => this.answer(count) }) as UDP & { close(): void };
	}

	close(): void {
		this.#udp.close();
	}

	/** All are read, or they would stay in memory; few are answered. */
	private answer(count: number): void {
		for (let at = 0; at < count; at++) {
			const question = this.#udp.read();
			if (question === undefined) return;
			if (at < provisioningLimits.questionsPerTurn && this.#owner.isOurs(question.address)) this.send(question);
		}
	}

	private send(question: ArrayBuffer & { address: string; port: number }): void {
		const { address, port } = question;
		const answer = answerQuestion(question, this.#owner.address.split(".").map(Number));
		if (answer === undefined) return;
		try {
			this.#udp.write(answer, address, port);
		} catch {
			// There was no room for it, and the client asks again.
		}
	}
}
