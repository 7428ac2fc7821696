// Compiled, never run: `tsc -p tests/types/tsconfig.json --noEmit`.

export function configuring(): void {
    realtime.Config("redis.example.com", 6379, "secret", 5);
    realtime.Config({ backend: "memory", logLevel: "warn" });
    realtime.Connect("127.0.0.1", 6379);
    // @ts-expect-error: a port is a number
    realtime.Config("redis.example.com", "6379");
    // @ts-expect-error: there is no such setting
    realtime.Config({ hots: "redis.example.com" });
    // @ts-expect-error: there is no such backend
    realtime.Config({ backend: "reddis" });
    // @ts-expect-error: there is no such level
    realtime.Config({ logLevel: "loud" });
}

export function connecting(): void {
    realtime.ConnectAsync((ok, failure) => {
        if (!ok) {
            print(failure.code, failure.remedy);
        }
        // @ts-expect-error: it went well, or it has a code
        print(failure.code);
    });
    realtime.ConnectAsync((ok: boolean) => {
        print(ok);
    });
    realtime.OnStateChange((newState, oldState) => {
        const isBack: boolean = newState === "connected" && oldState === "reconnecting";
        print(isBack);
    });
    const [ok, config] = realtime.GetConfig();
    if (ok) {
        print(config.address, config.hasPassword, config.settings.port?.value, config.settings.port?.name);
        const from: "Config" | "environment" | ".env" | "default" | undefined = config.settings.password?.source;
        print(from);
        // @ts-expect-error: there is no such setting
        print(config.settings.prot);
        // @ts-expect-error: secrets are not shown
        print(config.password);
    }
    // @ts-expect-error: seconds are a number
    realtime.Disconnect("1");
}

/** A wrapper may pass on what it may have been given. */
export function wrapped(done?: (ok: boolean) => void): void {
    realtime.Publish("shop:sale", "bytes", done);
    realtime.ConnectAsync(done);
    const given: Parameters<typeof realtime.Publish> = ["shop:sale", "bytes"];
    print(given);
}

export function raw(): void {
    realtime.Publish("shop:sale", "bytes", (ok) => {
        print(ok);
    });
    realtime.Publish("shop:sale", "bytes", (ok, value) => {
        if (ok) {
            const receivers: number = value;
            print(receivers);
        } else {
            print(value.code);
        }
        // @ts-expect-error: it is one or the other
        print(value.code);
    });
    realtime.SubscribePattern("shop:*", (channel, message, pattern) => {
        print(channel, message, pattern);
    });
    const callback = (channel: string): void => {
        print(channel);
    };
    const [ok, handle] = realtime.Subscribe("shop:sale", callback);
    if (ok) {
        realtime.Unsubscribe(handle);
    }
    realtime.Unsubscribe("shop:sale");
    realtime.Unsubscribe("shop:sale", callback);
    realtime.Subscribe("shop:sale", callback, "my.shop");
    realtime.OnStateChange(print, "my.shop");
    // @ts-expect-error: an id is a string
    realtime.SubscribePattern("shop:*", callback, 5);
    // @ts-expect-error: a message is a string
    realtime.Publish("shop:sale", 5);
    // @ts-expect-error: a handle or a name
    realtime.Unsubscribe(5);
    // @ts-expect-error: read-only
    realtime.VERSION = "2";
}
