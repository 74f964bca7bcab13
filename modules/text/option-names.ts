// Unknown options are refused: most of them are misspelt, and what they should have secured would be open.

/** Every name of an options type. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * What is wrong with the names of `options`, the first of them; `undefined` when all are known.
 * @param others names that other libraries have, with what to use here.
 */
export const findUnknownOption = (
	what: string,
	options: object,
	known: object,
	others?: Readonly<Record<string, string>>
): string | undefined => {
	const names = Object.keys(options);
	// Each connection comes by here, with names that are known.
	for (let at = 0; at < names.length; at++) {
		const name = names[at] as string;
		if ((known as Readonly<Record<string, unknown>>)[name] === true) continue;
		const value = (options as Readonly<Record<string, unknown>>)[name];
		if (value !== undefined && !Object.hasOwn(known, name))
			return `${what} has no option ${name}${suggest(name, known, others)}`;
	}
	return undefined;
};

const suggest = (name: string, known: object, others: Readonly<Record<string, string>> | undefined): string => {
	const lower = name.toLowerCase();
	const other = others !== undefined && Object.hasOwn(others, name) ? others[name] : undefined;
	const use = other ?? Object.keys(known).find(each => each.toLowerCase() === lower);
	return use === undefined ? "" : `: use ${use}`;
};

/** @throws {TypeError} no options, or one that is not known */
export const checkOptionNames = (
	what: string,
	options: object,
	known: object,
	others?: Readonly<Record<string, string>>
): void => {
	if (typeof options !== "object" || options === null) throw new TypeError(`${what} needs options`);
	const problem = findUnknownOption(what, options, known, others);
	if (problem !== undefined) throw new TypeError(problem);
};
