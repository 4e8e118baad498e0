/* Reads one PNG file in a process of its own and says what came of it and how far its memory grew, in MB. */
import { readTwoPhasePng } from '#runner/read-two-phase-png';

const before = process.resourceUsage().maxRSS;
const result = await readTwoPhasePng(process.argv[2]!);
const grown = (process.resourceUsage().maxRSS - before) / 1024;
console.log(JSON.stringify({ outcome: result.ok ? 'read' : result.findings[0]!.code, white: result.ok ? result.value.image.data.reduce((sum, phase) => sum + phase, 0) : 0, grown }));
