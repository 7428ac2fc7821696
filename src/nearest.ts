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

/** @returns the name among `names` that was most likely meant, or undefined when none is near; capitals do not count */
export function nearestName(name: string, names: readonly string[]): string | undefined {
    let nearest: string | undefined;
    // The time goes with the product of both lengths.
    if (name.length > LONGEST_NAME) {
        return nearest;
    }
    let least = math.max(1, math.floor(name.length / LETTERS_PER_MISTAKE)) + 1;
    for (const candidate of names) {
        const found = distance(string.lower(name), string.lower(candidate));
        if (found < least) {
            least = found;
            nearest = candidate;
        }
    }
    return nearest;
}

/** @returns `; did you mean 'host'?`, or else the list of what there is */
export function suggestName(name: string, names: readonly string[]): string {
    const nearest = nearestName(name, names);
    return nearest === undefined ? `; there are ${table.concat(names, ", ")}` : `; did you mean '${nearest}'?`;
}
