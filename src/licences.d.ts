/** Put in by the build, from package.json. */
declare const __BUILD__: { readonly version: string };

/** Every package that ships, by name. Built in `vite.config.ts`. */
declare module 'virtual:licences' {
  interface Licence {
    readonly name: string;
    readonly version: string;
    /** As SPDX names it, e.g. `MIT`. */
    readonly licence: string;
    /** The licence itself and any notice; empty where a package has no such file. */
    readonly text: string;
  }
  const licences: readonly Licence[];
  export default licences;
}
