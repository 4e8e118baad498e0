import { statfsSync } from 'node:fs';

/** Types of file systems that other machines serve, as Linux numbers them (statfs(2), linux/magic.h). */
const names: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x01021997, '9P, as of WSL and virtual machines'],
  [0x786f4256, 'a shared folder of VirtualBox'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x19830326, 'BeeGFS'],
  [0x5346414f, 'AFS'],
]);

/** The kind of network disk that a folder lies on; undefined on a local disk and where the system does not say. */
export function networkDiskOf(folder: string, typeOf = (path: string): number => statfsSync(path).type): string | undefined {
  if (folder.startsWith('\\\\')) return 'a share of Windows';
  try {
    // Some systems give the number with a sign.
    return names.get(typeOf(folder) >>> 0);
  } catch {
    return undefined;
  }
}
