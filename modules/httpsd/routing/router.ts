import { isToken } from "text/ascii";
import { decodeLiteral, decodeSegments, plainPart } from "./path";

/** What a path was matched with. */
export interface RouteMatch<T> {
	readonly value: T;
	/** Decoded path segments by the pattern's names; the rest that a final `*` matched is named `"*"`. */
	readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds the value that was added for a method and a path.
 *
 * A pattern is a path whose segments are literal, `:name` (any one non-empty segment) or, at the end, `*` (the rest,
 * also when it is empty). At each segment a literal goes before a `:name`, and that before a `*`; where the better
 * choice leads nowhere the next one is tried. A trailing slash counts. The method `"*"` stands for every method that
 * has no value of its own there, but for OPTIONS of a path that a better choice has methods for. HEAD is GET's where it
 * has no value of its own.
 */
export interface Router<T> {
	/**
	 * Adds a value. One that was there for the same method and pattern is replaced.
	 * @returns a function that takes the value away again.
	 * @throws {TypeError} when the pattern or the method is malformed.
	 */
	add(method: string, pattern: string, value: T): () => void;
	/**
	 * @param path the path of a request, percent-encoded. Segments are decoded once, after they were split.
	 * @returns the match; or the methods that the path does have a value for, empty when it has none.
	 * @throws {HttpError} 400 when a segment is `.` or `..`, encoded or not, or would have one if it were split at its
	 * slashes, backslashes and NULs; also when its encoding is not UTF-8. An encoded slash that leads nowhere is let in.
	 */
	match(method: string, path: string): RouteMatch<T> | readonly string[];
}

/** The names of a pattern's parameters, which may differ from method to method, and the match of one that has none. */
interface Entry<T> {
	readonly names: readonly string[];
	readonly bare: RouteMatch<T>;
}

/** What was added for one pattern, by method. */
type Leaf<T> = Map<string, Entry<T>>;

/** Most are ends, and have no map: an empty one takes 140 bytes of XS's memory. */
interface Node<T> {
	literal: Map<string, Node<T>> | undefined;
	param: Node<T> | undefined;
	rest: Leaf<T> | undefined;
	leaf: Leaf<T> | undefined;
}

const noParams: Readonly<Record<string, string>> = Object.freeze({});
const noNames: readonly string[] = Object.freeze([]);

/** In flash: a text that is written out in a preloaded module is copied each time that it is compared with. */
const empty = "";
const slash = "/";

const makeNode = <T>(): Node<T> => {
	return { literal: undefined, param: undefined, rest: undefined, leaf: undefined };
};

/**
 * A router that walks a tree of segments. Without that are found paths that are the same as a literal pattern, and those that
 * only end otherwise, as `/item/7` does for `/item/:id`: most are one or the other.
 */
export default class TreeRouter<T> implements Router<T> {
	readonly #root: Node<T> = makeNode();
	readonly #literal = new Map<string, Leaf<T>>();
	/** Nodes of a `:name` or `*` behind literal segments, by these as they are written. */
	#ends: Map<string, Node<T>> | undefined;

	add(method: string, pattern: string, value: T): () => void {
		if (method !== "*" && !isToken(method)) throw new TypeError("Route method is not a token");
		const names: string[] = [];
		const leaf = this.leafOf(pattern, names);
		const entry = { names: names.length > 0 ? names : noNames, bare: { value, params: noParams } };
		leaf.set(method, entry);
		return () => {
			if (leaf.get(method) === entry) this.remove(leaf, method, pattern);
		};
	}

	match(method: string, path: string): RouteMatch<T> | readonly string[] {
		const literal = this.#literal.get(path)?.get(method);
		if (literal !== undefined) return literal.bare;
		const found = this.#ends && matchEnd(this.#ends, method, path);
		if (found !== undefined) return found;
		const search: Search = { segments: decodeSegments(path), values: [], method, allowed: undefined };
		const match = walk(this.#root, 0, search);
		return match === undefined ? [...(search.allowed ?? [])] : match;
	}

	private leafOf(pattern: string, names: string[]): Leaf<T> {
		if (!pattern.startsWith("/") && pattern !== "*") throw new TypeError("Route pattern does not begin with a slash");
		const segments = pattern.split("/");
		const last = segments.pop() as string;
		let node = this.#root;
		for (const segment of segments) node = step(node, segment, names);
		const isFirst = names.length === 0;
		if (last === "*") {
			names.push("*");
			node.rest ??= new Map();
			if (isFirst) this.addEnd(pattern, last, node);
			return node.rest;
		}
		const end = step(node, last, names);
		end.leaf ??= new Map();
		if (names.length === 0) this.#literal.set(pattern, end.leaf);
		else if (isFirst) this.addEnd(pattern, last, node);
		return end.leaf;
	}

	private addEnd(pattern: string, last: string, node: Node<T>): void {
		const start = pattern.slice(0, pattern.length - last.length);
		if (start.includes("%")) return;
		this.#ends ??= new Map();
		this.#ends.set(start, node);
	}

	private remove(leaf: Leaf<T>, method: string, pattern: string): void {
		leaf.delete(method);
		if (leaf.size > 0) return;
		for (const [spelling, each] of this.#literal) if (each === leaf) this.#literal.delete(spelling);
		prune(this.#root, pattern.split("/"), 0);
		this.removeEnds();
	}

	/** Those of nodes that lead nowhere any more. */
	private removeEnds(): void {
		const ends = this.#ends;
		if (ends === undefined) return;
		for (const [start, node] of ends) if (node.rest === undefined && node.param?.leaf === undefined) ends.delete(start);
		if (ends.size === 0) this.#ends = undefined;
	}
}

/**
 * What `walk()` finds where literal segments are the first choice all along, and behind them nothing goes before the one end that
 * there is. In as few calls as there can be. `undefined` where that is not so, or there is no value of that very method.
 */
const matchEnd = <T>(ends: Map<string, Node<T>>, method: string, path: string): RouteMatch<T> | undefined => {
	// No path is known that is not plain.
	const node = ends.get(plainPart(path, false) as string);
	if (node === undefined) return undefined;
	const last = plainPart(path, true) as string;
	const literals = node.literal;
	if (last === empty || literals?.has(last)) return undefined;
	const named = node.param;
	const leaf = named === undefined ? node.rest : named.leaf;
	const entry = leaf?.get(method);
	if (entry === undefined) return undefined;
	const params: Record<string, string> = {};
	params[entry.names[0] as string] = last;
	return { value: entry.bare.value, params };
};

/** What a path is looked for by, and what has been met so far. */
interface Search {
	readonly segments: readonly string[];
	/** What stood for parameters, on the way to where the search is. */
	readonly values: string[];
	readonly method: string;
	/** Methods of patterns that fit. */
	allowed: Set<string> | undefined;
}

/** Where there is one way alone it goes on along that; where there are several, it tries one after the other. */
const walk = <T>(start: Node<T>, from: number, search: Search): RouteMatch<T> | undefined => {
	const segments = search.segments;
	const values = search.values;
	let node = start;
	for (let index = from; ; index++) {
		const segment = segments[index];
		if (segment === undefined) return pick(node.leaf, search);
		const literal = node.literal?.get(segment);
		const named = segment === empty ? undefined : node.param;
		const rest = node.rest;
		if (literal !== undefined) {
			if (named === undefined && rest === undefined) {
				node = literal;
				continue;
			}
			const found = tryWay(literal, index + 1, search);
			if (found !== undefined) return found;
		}
		if (named !== undefined) {
			if (rest === undefined) {
				values.push(segment);
				node = named;
				continue;
			}
			const found = tryWay(named, index + 1, search, segment);
			if (found !== undefined) return found;
		}
		if (rest === undefined) return undefined;
		values.push(segments.slice(index).join(slash));
		return pick(rest, search);
	}
};

/** @param value what stands for a parameter on that way. */
const tryWay = <T>(node: Node<T>, from: number, search: Search, value?: string): RouteMatch<T> | undefined => {
	const count = search.values.length;
	if (value !== undefined) search.values.push(value);
	const found = walk(node, from, search);
	if (found === undefined) search.values.length = count;
	return found;
};

const step = <T>(node: Node<T>, segment: string, names: string[]): Node<T> => {
	if (!segment.startsWith(":")) {
		const key = decodeLiteral(segment);
		node.literal ??= new Map();
		const next = node.literal.get(key) ?? makeNode<T>();
		node.literal.set(key, next);
		return next;
	}
	const name = segment.slice(1);
	if (name === "" || names.includes(name)) throw new TypeError("Route parameter has no name of its own");
	names.push(name);
	node.param ??= makeNode();
	return node.param;
};

/** Removes the nodes along a pattern that have become empty. @returns whether `node` itself has. */
const prune = <T>(node: Node<T>, segments: readonly string[], index: number): boolean => {
	if (node.leaf?.size === 0) node.leaf = undefined;
	if (node.rest?.size === 0) node.rest = undefined;
	const segment = segments[index] ?? "*";
	if (segment.startsWith(":")) {
		if (node.param && prune(node.param, segments, index + 1)) node.param = undefined;
	} else if (segment !== "*") {
		const key = decodeLiteral(segment);
		const next = node.literal?.get(key);
		if (next && prune(next, segments, index + 1)) node.literal?.delete(key);
		if (node.literal?.size === 0) node.literal = undefined;
	}
	return !node.literal && !node.param && !node.rest && !node.leaf;
};

const pick = <T>(leaf: Leaf<T> | undefined, search: Search): RouteMatch<T> | undefined => {
	if (leaf === undefined) return undefined;
	const entry = leaf.get(search.method) ?? otherEntry(leaf, search);
	if (entry === undefined) {
		for (const name of leaf.keys()) if (name !== "*") search.allowed = (search.allowed ?? new Set()).add(name);
		return undefined;
	}
	const params: Record<string, string> = {};
	const names = entry.names;
	const values = search.values;
	const count = names.length;
	for (let index = 0; index < count; index++) params[names[index] as string] = values[index] as string;
	return { value: entry.bare.value, params };
};

/** That of another method, where the request's own has none. */
const otherEntry = <T>(leaf: Leaf<T>, search: Search): Entry<T> | undefined => {
	const get = search.method === "HEAD" ? leaf.get("GET") : undefined;
	// OPTIONS is answered with the methods of the better choice, if there was one.
	return get ?? (search.method === "OPTIONS" && search.allowed !== undefined ? undefined : leaf.get("*"));
};
