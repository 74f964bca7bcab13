// What XS offers to TypeScript and the SDK's typings do not declare.

/** The C function of that name, which must be a string literal so that the XS linker finds it. */
declare function native(name: string): (this: unknown, ...parameters: unknown[]) => never;

/** A base class whose instances are host objects, released by the C destructor of that name. */
declare function Native(destructor: string): new () => object;
