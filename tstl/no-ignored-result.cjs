// A plugin for TypeScriptToLua: a call whose Result nobody looks at does not compile, neither does a function that gives one to a
// hook, a timer or another caller that does not look, nor a Result whose two values are taken for one, which is always true. In tsconfig.json, under "tstl":
//   "luaPlugins": [{ "name": "gmod-realtime/tstl/no-ignored-result.cjs" }]
// Where it does not matter whether it went well, `void` says so: `void realtime.ChatMessage(name, text);`
"use strict";
// The compiler that runs us: this file may lie somewhere else than the project, behind a link.
const ts = require(require.resolve("typescript", { paths: [process.cwd(), __dirname] }));

const CODE = 900001;

/** The operators whose right side is their value; an assignment keeps it. */
const { AmpersandAmpersandToken, BarBarToken, CommaToken, QuestionQuestionToken } = ts.SyntaxKind;
const PASSED_ON = new Set([AmpersandAmpersandToken, BarBarToken, CommaToken, QuestionQuestionToken]);

const MESSAGE =
    "This Result is ignored: take it apart, `const [ok, err] = …`, or put `void` in front to say that it does not matter.";

const GIVEN_BACK =
    "This Result is ignored: nobody looks at what this function gives back, and a hook's function that gives something back " +
    "ends the chain of hooks. Take it apart in braces, `{ const [ok, err] = …; }`, or put `void` in front.";

const TAKEN_FOR_ONE =
    "This Result is two values; taken for one they are a table, which is always true. Take them apart, `const [ok, err] = …`, " +
    "and look at the first.";

/** By the name of its type, and not just anybody's type of that name. */
function isResult(type) {
    const declared = type.aliasSymbol?.name === "Result" ? (type.aliasSymbol.declarations ?? []) : [];
    return declared.some((declaration) => declaration.getText().includes("RealtimeError"));
}

/** The parts of an expression whose value is dropped together with its own. */
function* dropped(expression) {
    if (ts.isParenthesizedExpression(expression)) {
        yield* dropped(expression.expression);
    } else if (ts.isConditionalExpression(expression)) {
        yield* dropped(expression.whenTrue);
        yield* dropped(expression.whenFalse);
    } else if (ts.isBinaryExpression(expression)) {
        if (expression.operatorToken.kind === CommaToken) {
            yield* dropped(expression.left);
        }
        if (PASSED_ON.has(expression.operatorToken.kind)) {
            yield* dropped(expression.right);
        }
    } else if (ts.isCallExpression(expression)) {
        yield expression;
    }
}

/** Whether a call's two values are taken for one: as a condition, in a variable, or as an argument. */
function isTakenForOne(node) {
    let { parent } = node;
    let inner = node;
    while (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isNonNullExpression(parent)) {
        inner = parent;
        ({ parent } = parent);
    }
    if (ts.isCallExpression(parent)) {
        return parent.arguments.includes(inner);
    }
    if (ts.isVariableDeclaration(parent)) {
        return ts.isIdentifier(parent.name);
    }
    if (ts.isPrefixUnaryExpression(parent)) {
        return true;
    }
    if (ts.isBinaryExpression(parent)) {
        return parent.left === inner && PASSED_ON.has(parent.operatorToken.kind) && parent.operatorToken.kind !== CommaToken;
    }
    if (ts.isConditionalExpression(parent) || ts.isForStatement(parent)) {
        return parent.condition === inner;
    }
    return (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) && parent.expression === inner;
}

/** These give back what their function gave. */
const PASSING_CALLS = new Set(["pcall", "xpcall"]);

/** Whether a place for a function says by its type that nobody looks at what it gives back: `() => void`, or just `Function`. */
function isIndifferent(checker, type) {
    const signatures = checker.getNonNullableType(type).getCallSignatures();
    return signatures.length === 0
        ? type.symbol?.name === "Function"
        : signatures.every((signature) => checker.getReturnTypeOfSignature(signature).flags & ts.TypeFlags.Void);
}

/** What a function that is written out gives back, expression by expression. */
function* givenBack(node) {
    if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) {
        yield node.body;
    } else if (ts.isReturnStatement(node) && node.expression !== undefined) {
        yield node.expression;
    } else {
        const inner = [];
        ts.forEachChild(node, (child) => void (ts.isFunctionLike(child) || inner.push(child)));
        for (const child of inner) {
            yield* givenBack(child);
        }
    }
}

/** The places in which a function gives a Result to somebody who does not look at it; a function that is only named is one. */
function* givenToNobody(checker, node) {
    const isWrittenOut = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
    const call = ts.isCallExpression(node.parent) && node.parent.arguments.includes(node) ? node.parent : undefined;
    const isNamed = call !== undefined && (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node));
    if ((!isWrittenOut && !isNamed) || PASSING_CALLS.has(call?.expression.getText())) {
        return;
    }
    const wanted = checker.getContextualType(node);
    if (wanted === undefined || !isIndifferent(checker, wanted)) {
        return;
    }
    if (isNamed) {
        const signatures = checker.getTypeAtLocation(node).getCallSignatures();
        if (signatures.some((signature) => isResult(checker.getReturnTypeOfSignature(signature)))) {
            yield node;
        }
        return;
    }
    for (const expression of givenBack(node)) {
        for (const inner of dropped(expression)) {
            if (isResult(checker.getTypeAtLocation(inner))) {
                yield inner;
            }
        }
    }
}

function report(file, node, messageText, found) {
    const start = node.getStart(file);
    found.push({ category: ts.DiagnosticCategory.Error, code: CODE, file, start, length: node.getEnd() - start, messageText });
}

function inspect(checker, file, node, found) {
    if (ts.isExpressionStatement(node)) {
        for (const call of dropped(node.expression)) {
            if (isResult(checker.getTypeAtLocation(call))) {
                report(file, call, MESSAGE, found);
            }
        }
    }
    if (ts.isCallExpression(node) && isTakenForOne(node) && isResult(checker.getTypeAtLocation(node))) {
        report(file, node, TAKEN_FOR_ONE, found);
    }
    if (ts.isExpression(node)) {
        for (const place of givenToNobody(checker, node)) {
            report(file, place, GIVEN_BACK, found);
        }
    }
    ts.forEachChild(node, (child) => inspect(checker, file, child, found));
}

/** `void f()` as a bare call: by itself TypeScriptToLua would collect the values in a table, only to drop it. */
function transformVoid(node, context) {
    if (!ts.isExpressionStatement(node.parent) || !ts.isCallExpression(node.expression)) {
        return context.superTransformExpression(node);
    }
    const call = context.transformExpression(node.expression);
    return call.fields?.length === 1 ? call.fields[0].value : call;
}

module.exports = {
    visitors: { [ts.SyntaxKind.VoidExpression]: transformVoid },
    beforeTransform(program) {
        const found = [];
        for (const file of program.getSourceFiles()) {
            if (!file.isDeclarationFile) {
                inspect(program.getTypeChecker(), file, file, found);
            }
        }
        return found;
    },
};
