import { spawn, spawnSync } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { chownSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import type { Readable } from "node:stream";

export type ProxyName = "nginx" | "caddy";
/** What the sample configurations name, as it is in a test. */
export type Places = { folder: string; https: number; http: number; upstream: number; certificate: string; key: string };

const cache = join(import.meta.dirname, "../../.cache/proxies");
const versionOf = { nginx: "-v", caddy: "version" } as const;
const runs = (program: string, name: ProxyName) => spawnSync(program, [versionOf[name]], { timeout: 20_000, stdio: "ignore" }).status === 0;

/**
 * A proxy that runs here: the machine's own, else Debian's package unpacked under .cache (nothing is installed, no
 * service starts). Null where neither is to be had.
 */
export function programOf(name: ProxyName): string | null {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", join(cache, name, "usr/sbin"), join(cache, name, "usr/bin")];
  const found = () => folders.map((folder) => join(folder, name)).find((program) => runs(program, name)) ?? null;
  return found() ?? (unpack(name) ? found() : null);
}

function unpack(name: ProxyName): boolean {
  const into = join(cache, name);
  mkdirSync(into, { recursive: true });
  const quietly = { cwd: into, timeout: 60_000, stdio: "ignore" as const };
  const impatient = ["-qq", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=10", "-o", "APT::Sandbox::User=root"];
  const download = () => spawnSync("apt-get", ["download", ...impatient, name], quietly).status === 0;
  const refresh = () => process.getuid?.() === 0 && spawnSync("apt-get", ["update", ...impatient], quietly).status === 0;
  if (!download() && !(refresh() && download())) return false;
  const file = readdirSync(into).find((each) => each.endsWith(".deb"));
  return file !== undefined && spawnSync("dpkg-deb", ["-x", file, "."], quietly).status === 0;
}

/** Runs a sample configuration, with only its places replaced, in a folder of its own and without root's rights. */
export async function runProxy(name: ProxyName, program: string, sample: string, places: Places): Promise<ChildProcessByStdio<null, Readable, Readable>> {
  const file = join(places.folder, `${name}.conf`);
  writeFileSync(file, name === "nginx" ? nginxIn(sample, places) : caddyIn(sample, places));
  const root = process.getuid?.() === 0;
  const nobody = 65_534;
  if (root) for (const path of [places.folder, ...readdirSync(places.folder).map((each) => join(places.folder, each))]) chownSync(path, nobody, nobody);
  const command = name === "nginx" ? ["-p", places.folder, "-c", file, "-e", "stderr"] : ["run", "--config", file, "--adapter", "caddyfile"];
  const child = spawn(program, command, { cwd: places.folder, env: { ...process.env, HOME: places.folder }, stdio: ["ignore", "pipe", "pipe"], ...(root ? { uid: nobody, gid: nobody } : {}) });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => { said += String(chunk); });
  for (let tries = 0; !(await listens(places.https)); tries += 1) {
    if (child.exitCode !== null || tries > 500) throw new Error(`${name} did not start:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child;
}

const listens = (port: number) => new Promise<boolean>((resolve) => {
  const socket = connect(port, "127.0.0.1").on("connect", () => { socket.destroy(); resolve(true); }).on("error", () => resolve(false));
});

/** Replaces each part of a sample; one that is not there is an error, so that the two never drift apart. */
function placed(sample: string, changes: readonly [from: RegExp, to: string][]): string {
  return changes.reduce((text, [from, to]) => {
    if (!from.test(text)) throw new Error(`the sample has no ${from}`);
    return text.replace(from, to);
  }, sample);
}

function nginxIn(sample: string, { folder, https, http, upstream, certificate, key }: Places): string {
  const server = placed(sample, [
    [/server 127\.0\.0\.1:3000;/, `server 127.0.0.1:${upstream};`],
    [/listen \[::\]:80;\n/, ""], [/listen \[::\]:443 ssl http2;\n/, ""],
    [/listen 80;/, `listen 127.0.0.1:${http};`], [/listen 443 ssl/, `listen 127.0.0.1:${https} ssl`],
    [/(ssl_certificate +)\S+;/, `$1${certificate};`], [/(ssl_certificate_key +)\S+;/, `$1${key};`],
  ]);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((each) => `${each}_temp_path ${folder}/${each};`).join(" ");
  return `daemon off; pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${temporary}\n${server}\n}`;
}

function caddyIn(sample: string, { https, http, upstream, certificate, key }: Places): string {
  const site = placed(sample, [
    [/^desk\.example\.com \{/m, `https://127.0.0.1:${https} {\n\ttls ${certificate} ${key}`],
    [/reverse_proxy 127\.0\.0\.1:3000/, `reverse_proxy 127.0.0.1:${upstream}`],
  ]);
  return `{\n\tadmin off\n\thttp_port ${http}\n\thttps_port ${https}\n}\n${site}`;
}
