/* Writes the compact network of closed formulas as a file that PyTorch shall read; see safetensors_reference.py. */
import { writeFileSync } from 'node:fs';
import { waveNetworkFile } from '#test/support/wave-network';

writeFileSync(process.argv[2]!, waveNetworkFile());
