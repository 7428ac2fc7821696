/** What is longer is no slip of the pen. */
const LONGEST_NAME = 64;

/** A name may differ from what was meant by one letter in three, but by one at least. */
const LETTERS_PER_MISTAKE = 3;

/** How many letters must be put in, left out, exchanged or swapped with their neighbour to make one name of the other. */
function distance(one: string, other: string): number {
    let beforePrevious: number[] = [];
    let previous: number[] = [];
    for (let column = 0; column <= other.length; column++) {
        previous[column] = column;
    }
    for (let row = 1; row <= one.length; row++) {
        const current: number[] = [row];
        for (let column = 1; column <= other.length; column++) {
            const isSame = string.byte(one, row) === string.byte(other, column);
            let least = (previous[column - 1] as number) + (isSame ? 0 : 1);
            least = math.min(least, (previous[column] as number) + 1, (current[column - 1] as number) + 1);
            const isSwapped =
                row > 1 &&
                column > 1 &&
                string.byte(one, row) === string.byte(other, column - 1) &&
                string.byte(one, row - 1) === string.byte(other, column);
            current[column] = isSwapped ? math.min(least, (beforePrevious[column - 2] as number) + 1) : least;
        }
        beforePrevious = previous;
        previous = current;
    }
    return previous[other.length] as number;
}

/** How long the word is that both begin with and that an underscore ends, as in `REDIS_PORT`: it says nothing of what was meant. */
function sharedWord(one: string, other: string): number {
    const [word] = string.match(one, "^[^_]+_");
    return word !== undefined && string.sub(other, 1, word.length) === word ? word.length : 0;
}

/** Whether a name is the greater part of another one, from its beginning: `pass` of `password`. */
function isBeginning(name: string, candidate: string): boolean {
    return string.sub(candidate, 1, name.length) === name && name.length * 2 >= candidate.length;
}

/** @returns the name among `names` that was most likely meant, or undefined when none is near; capitals do not count */
export function nearestName(name: string, names: readonly string[]): string | undefined {
    let nearest: string | undefined;
    // The time goes with the product of both lengths.
    if (name === "" || name.length > LONGEST_NAME) {
        return nearest;
    }
    const given = string.lower(name);
    let least = LONGEST_NAME;
    for (const each of names) {
        const candidate = string.lower(each);
        const letters = given.length - sharedWord(given, candidate);
        const most = math.max(1, math.floor(letters / LETTERS_PER_MISTAKE));
        // What is only cut short is nearer than any name with a mistake in it.
        const found = isBeginning(given, candidate) && letters > 1 ? 0 : distance(given, candidate);
        if (found <= most && found < least) {
            least = found;
            nearest = each;
        }
    }
    return nearest;
}

/** @returns `; did you mean 'host'?`, or else the list of what there is */
export function suggestName(name: string, names: readonly string[]): string {
    const nearest = nearestName(name, names);
    return nearest === undefined ? `; there are ${table.concat(names, ", ")}` : `; did you mean '${nearest}'?`;
}
