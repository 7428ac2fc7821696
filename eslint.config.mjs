import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import ts from "typescript-eslint";

export default defineConfig(
    globalIgnores(["build/", "dist/", "node_modules/", "src/native/contract.ts"]),
    js.configs.recommended,
    { linterOptions: { reportUnusedDisableDirectives: "error" } },
    {
        files: ["**/*.mjs"],
        languageOptions: {
            globals: {
                AbortController: "readonly",
                AbortSignal: "readonly",
                Buffer: "readonly",
                TextDecoder: "readonly",
                URL: "readonly",
                clearTimeout: "readonly",
                console: "readonly",
                performance: "readonly",
                process: "readonly",
                setImmediate: "readonly",
                setTimeout: "readonly",
            },
        },
    },
    {
        files: ["**/*.cjs"],
        languageOptions: { sourceType: "commonjs", globals: { module: "readonly", require: "readonly", process: "readonly", __dirname: "readonly" } },
    },
    {
        files: ["src/**/*.ts", "tests/**/*.ts"],
        extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
        languageOptions: { parserOptions: { projectService: true } },
        rules: {
            eqeqeq: "error",
            "@typescript-eslint/explicit-module-boundary-types": "error",
            "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
            // The functions of the module's table and of ours need no `this`: noImplicitSelf.
            "@typescript-eslint/unbound-method": "off",
            // The module hands its enums over as numbers.
            "@typescript-eslint/no-unsafe-enum-assignment": "off",
            "@typescript-eslint/no-unsafe-enum-comparison": "off",
            // `as T` says what is known to be there; `!` would only hide the doubt, and is forbidden.
            "@typescript-eslint/non-nullable-type-assertion-style": "off",
        },
    },
    {
        // What must not compile has no type.
        files: ["tests/types/**/*.ts"],
        rules: {
            "@typescript-eslint/no-unsafe-call": "off",
            "@typescript-eslint/no-unsafe-return": "off",
            "@typescript-eslint/restrict-plus-operands": "off",
        },
    },
);
