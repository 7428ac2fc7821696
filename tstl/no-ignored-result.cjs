// A plugin for TypeScriptToLua: a call whose Result nobody looks at does not compile. In tsconfig.json, under "tstl":
//   "luaPlugins": [{ "name": "gmod-realtime/tstl/no-ignored-result.cjs" }]
// Where it does not matter whether it went well, `void` says so: `void realtime.ChatMessage(name, text);`
"use strict";
const ts = require("typescript");

const CODE = 900001;

/** The operators whose right side is their value; an assignment keeps it. */
const { AmpersandAmpersandToken, BarBarToken, CommaToken, QuestionQuestionToken } = ts.SyntaxKind;
const PASSED_ON = new Set([AmpersandAmpersandToken, BarBarToken, CommaToken, QuestionQuestionToken]);

const MESSAGE =
    "This Result is ignored: take it apart, `const [ok, err] = …`, or put `void` in front to say that it does not matter.";

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

function inspect(checker, file, node, found) {
    if (ts.isExpressionStatement(node)) {
        for (const call of dropped(node.expression)) {
            if (isResult(checker.getTypeAtLocation(call))) {
                const start = call.getStart(file);
                const length = call.getEnd() - start;
                found.push({ category: ts.DiagnosticCategory.Error, code: CODE, file, start, length, messageText: MESSAGE });
            }
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
