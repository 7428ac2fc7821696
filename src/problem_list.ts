/** Beyond this many the rest is only counted: a long array can be wrong in each of its items, and a line of the console ends. */
const MOST_PROBLEMS = 32;

/** All that is wrong with something, in the order in which it was found. */
export interface ProblemList {
    readonly found: string[];
    count: number;
}

export function createProblemList(): ProblemList {
    return { found: [], count: 0 };
}

/** @param problem empty for none */
export function addProblem(problems: ProblemList, problem: string): void {
    if (problem === "") {
        return;
    }
    problems.count += 1;
    if (problems.count <= MOST_PROBLEMS) {
        // A name or a value of the caller's may hold anything, and it is one line.
        const [line] = string.gsub(problem, "%c", "?");
        problems.found[problems.found.length] = line;
    }
}

/** @returns all on one line, since it goes to a console; empty for nothing */
export function joinProblems({ found, count }: ProblemList): string {
    const rest = count - found.length;
    const text = table.concat(found, "; ");
    return rest > 0 ? `${text}; and ${tostring(rest)} more` : text;
}
