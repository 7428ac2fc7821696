import { type ErrorNumber, STAT_NAMES, StateNumber, type Stats, VERSION } from "./contract";
import type { NativeModule } from "./module";

/**
 * Stands in for a module that cannot be used. Everything that can be refused is refused with one and the same error,
 * so that nothing else in the bundle needs to know, and the game goes on.
 */
export function createAbsentModule(errorNumber: ErrorNumber, detail: string): NativeModule {
    const refuse = (): LuaMultiReturn<[false, ErrorNumber, string]> => $multi(false as const, errorNumber, detail);
    let refused = 0;
    const refusePublish = (): LuaMultiReturn<[false, ErrorNumber, string]> => {
        refused += 1;
        return refuse();
    };
    return {
        ABI: 0,
        VERSION,
        PLATFORM: "none",
        Configure: refuse,
        Connect: refuse,
        WaitForConnect: refuse,
        Disconnect: refuse,
        GetState: () => StateNumber.Disconnected,
        Publish: refusePublish,
        DefineEvent: refuse,
        PublishEvent: refusePublish,
        Subscribe: refuse,
        SubscribeEvent: refuse,
        Unsubscribe: refuse,
        ProcessEvents: () => 0,
        GetStats: () => {
            const stats = new LuaTable<string, number>();
            for (const name of STAT_NAMES) {
                stats.set(name, name === "refused" ? refused : 0);
            }
            return stats as unknown as Stats;
        },
        SetHandlers: () => {
            // There is nothing that would call them.
        },
        GetEnvironment: () => undefined,
        JsonEncode: refuse,
        JsonDecode: refuse,
    };
}
