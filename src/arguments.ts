/** The caller of the function that calls one of these: 1 is `badArgument` itself, 2 the public function. */
const CALLER_OF_CALLER = 3;

/**
 * Raises at the line that called the public function.
 * @param depth functions of ours between that one and this: one that checks for several
 * Call it as a statement of its own there: `return badArgument(…)` is a tail call, which drops a level.
 */
export function badArgument(
    index: number,
    functionName: string,
    name: string,
    expected: string,
    value: unknown,
    depth = 0,
): never {
    error(
        `bad argument #${tostring(index)} to '${functionName}' (${name}: expected ${expected}, got ${type(value)})`,
        CALLER_OF_CALLER + depth,
    );
    // Only for the compiler, which does not know that error() does not return.
    return undefined as never;
}
