namespace ImageSig.Tests.Imaging;

/// <summary>Damages files as disks, cameras and attackers do.</summary>
internal static class Mutation
{
    /// <summary>One to eight changes: bytes set, flipped, cut out, doubled, exchanged, or the end cut off.</summary>
    public static byte[] Of(byte[] file, Random random)
    {
        List<byte> bytes = [.. file];
        for (int changes = random.Next(1, 9); changes > 0 && bytes.Count > 4; changes--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(8))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes[at] = random.Next(2) == 0 ? (byte)0 : (byte)255; break;
                case 3: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at))); break;
                case 5: (bytes[at], bytes[bytes.Count / 2]) = (bytes[bytes.Count / 2], bytes[at]); break;
                case 6: bytes[at] += (byte)random.Next(-3, 4); break;
                default:
                    if (random.Next(4) == 0)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }
}
