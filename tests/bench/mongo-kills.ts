// kill -9 of the database under load, again and again. Run: npm run bench -- mongo-kills [times]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killUnderLoad } from "../local/mongo/kills.ts";

const rounds = Number(process.argv[2] ?? 50);
const folder = mkdtempSync(join(tmpdir(), "kills-"));
const { trouble, acknowledged, files } = await killUnderLoad(folder, rounds);
rmSync(folder, { recursive: true, force: true });
console.log(`${rounds} kills: ${acknowledged} acknowledged writes and ${files} files, ${trouble.length} in trouble`);
for (const line of trouble) console.log(`  ${line}`);
process.exitCode = trouble.length > 0 ? 1 : 0;
