import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Document, MongoServerError } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Desk, startDesk } from "../local/mongo/start";

const file = fileURLToPath(new URL("../../local/mongo/SUPPORT.md", import.meta.url));
let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
  await desk.db.collection("t").insertOne({ a: 1 });
});
afterAll(() => desk.stop());

const aggregate = (stage: Document): Document => ({ aggregate: "t", pipeline: [stage], cursor: {} });
const words = (text: string) => text.trim().split(/\s+/);
const dollar = (text: string) => words(text).map((word) => `$${word}`);

/** MongoDB 8's vocabulary, how each word is asked for, and the code of "there is no such thing here". */
const sections: { title: string; names: string[]; ask(name: string): Document; unknown(code: number, message: string): boolean }[] = [
  {
    title: "Commands",
    names: words(`hello isMaster ping buildInfo endSessions find getMore killCursors aggregate count distinct insert update delete findAndModify bulkWrite create drop dropDatabase listCollections
      createIndexes listIndexes dropIndexes commitTransaction abortTransaction collMod collStats compact connectionStatus convertToCapped createRole createSearchIndexes createUser currentOp dbHash dbStats dropSearchIndex
      explain filemd5 fsync getLog getParameter hostInfo killOp killSessions listCommands listDatabases mapReduce planCacheClear refreshSessions reIndex renameCollection replSetGetStatus
      saslStart serverStatus setParameter shutdown startSession top usersInfo validate whatsmyuri`),
    ask: (name) => ({ [name]: ["find", "insert", "update", "delete", "count", "distinct", "findAndModify", "create", "drop", "createIndexes", "listIndexes", "dropIndexes"].includes(name) ? "probe" : 1 }),
    unknown: (code) => code === 59,
  },
  {
    title: "Operators of a filter",
    names: dollar(`eq ne gt gte lt lte in nin exists type size mod regex options all elemMatch not and or nor expr comment
      where text jsonSchema bitsAllClear bitsAllSet bitsAnyClear bitsAnySet geoIntersects geoWithin near nearSphere sampleRate rand`),
    ask: (name) => ({ find: "t", filter: dollar("and or nor expr comment where text jsonSchema sampleRate rand").includes(name) ? { [name]: 1 } : { a: { [name]: "x" } } }),
    unknown: (code, message) => code === 2 && /^unknown (top level )?operator/.test(message),
  },
  {
    title: "Operators of an update",
    names: dollar("set setOnInsert unset inc mul min max rename currentDate push addToSet pull pullAll pop bit"),
    ask: (name) => ({ findAndModify: "t", query: { a: "none" }, update: { [name]: { b: 1 } } }),
    unknown: (code, message) => code === 9 && message.startsWith("Unknown modifier"),
  },
  {
    title: "Stages of a pipeline",
    names: dollar(`match project set addFields unset sort limit skip group unwind lookup facet count sortByCount bucket replaceRoot replaceWith unionWith
      bucketAuto changeStream changeStreamSplitLargeEvent collStats currentOp densify documents fill geoNear graphLookup indexStats listLocalSessions listSampledQueries listSearchIndexes listSessions merge out
      planCacheStats querySettings queryStats redact sample search searchMeta setWindowFields vectorSearch`),
    ask: (name) => aggregate({ [name]: {} }),
    unknown: (code) => code === 40324,
  },
  {
    title: "Accumulators of $group",
    names: dollar(`sum avg min max first last push addToSet mergeObjects count
      accumulator bottom bottomN firstN lastN maxN minN median percentile stdDevPop stdDevSamp top topN concatArrays setUnion`),
    ask: (name) => aggregate({ $group: { _id: null, x: { [name]: {} } } }),
    unknown: (code) => code === 15952,
  },
  {
    title: "Expressions",
    names: dollar(`eq ne gt gte lt lte cmp and or not cond ifNull switch let literal add subtract multiply divide mod abs ceil floor round sum avg min max concat toLower toUpper strLenCP substrCP split
      size isArray in arrayElemAt first last slice concatArrays setUnion setIntersection setDifference filter map reduce mergeObjects type toString toInt toDouble
      year month dayOfMonth hour dayOfWeek isoDayOfWeek isoWeek isoWeekYear dateTrunc dateToString
      acos acosh allElementsTrue anyElementTrue arrayToObject asin asinh atan atan2 atanh binarySize bitAnd bitNot bitOr bitXor bsonSize convert cos cosh dateAdd dateDiff dateFromParts dateFromString dateSubtract dateToParts
      dayOfYear degreesToRadians exp firstN function getField indexOfArray indexOfBytes indexOfCP isNumber lastN ln log log10 ltrim maxN median meta millisecond minN minute objectToArray percentile pow radiansToDegrees rand
      range regexFind regexFindAll regexMatch replaceAll replaceOne reverseArray rtrim sampleRate second setEquals setField setIsSubset sigmoid sin sinh sortArray sqrt strLenBytes strcasecmp substr substrBytes
      tan tanh toBool toDate toDecimal toHashedIndexKey toLong toObjectId toUUID trim trunc tsIncrement tsSecond unsetField week zip`),
    ask: (name) => aggregate({ $project: { x: { [name]: [1] } } }),
    unknown: (code) => code === 168,
  },
  {
    title: "Options of an index",
    names: words("unique expireAfterSeconds partialFilterExpression background sparse hidden collation storageEngine weights default_language language_override textIndexVersion 2dsphereIndexVersion bits min max wildcardProjection clustered"),
    ask: (name) => ({ createIndexes: "probe", indexes: [{ key: { [`f_${name}`]: 1 }, name: `i_${name}`, [name]: name === "expireAfterSeconds" ? 60 : name === "partialFilterExpression" ? { a: 1 } : true }] }),
    unknown: (code) => code === 197,
  },
  {
    title: "Kinds of an index",
    names: words("1 -1 text hashed 2d 2dsphere"),
    ask: (name) => ({ createIndexes: "probe", indexes: [{ key: { kind: /^-?1$/.test(name) ? Number(name) : name }, name: `k_${name}` }] }),
    unknown: (code) => code === 67,
  },
  {
    title: "Options of find",
    names: words(`filter sort projection hint skip limit batchSize singleBatch allowDiskUse let comment maxTimeMS readConcern
      collation min max returnKey showRecordId tailable awaitData oplogReplay noCursorTimeout allowPartialResults`),
    ask: (name) => ({ find: "t", [name]: ["filter", "sort", "projection", "let", "readConcern"].includes(name) ? {} : name === "hint" ? "_id_" : ["singleBatch", "allowDiskUse"].includes(name) ? true : 1 }),
    unknown: (code) => code === 40415,
  },
];

/** The names the server takes, and those it says it doesn't know. Any other answer than those means that it knows the name. */
async function sorted({ names, ask, unknown }: (typeof sections)[number]): Promise<{ taken: string[]; refused: string[] }> {
  const [taken, refused]: [string[], string[]] = [[], []];
  for (const name of names) {
    const error = await desk.db.command(ask(name)).then(() => null, (failure: unknown) => failure);
    if (error !== null && !(error instanceof MongoServerError)) throw error;
    (error && unknown(Number(error.code), error.message) ? refused : taken).push(`\`${name}\``);
  }
  return { taken, refused };
}

test("local/mongo/SUPPORT.md says what the server answers", async () => {
  const page = ["# What the local database supports", "", "Made by asking the server for every word of MongoDB 8's vocabulary (`npm run schema`); a test fails when this page is old. What is refused is refused with MongoDB's error code and a sentence; no option is ever ignored. Words that are not on this page are refused too."];
  for (const section of sections) {
    const { taken, refused } = await sorted(section);
    page.push("", `## ${section.title}`, "", taken.join(" "), "", `Refused: ${refused.join(" ")}`);
  }
  const now = `${page.join("\n")}\n`;
  if (process.env.WRITE_DOCS === "1") await writeFile(file, now);
  expect(await readFile(file, "utf8")).toBe(now);
});
