// dotnet fsi samples/Script/signature.fsx: the signature of a path in the plane, from a script. Elsewhere the two lines are one: #r "nuget: ImageSig.Signature".
#r "../../ImageSig.Tensors/bin/Release/net10.0/ImageSig.Tensors.dll"
#r "../../ImageSig.Signature/bin/Release/net10.0/ImageSig.Signature.dll"

open System
open ImageSig.Signature

let path = [| 0.0; 0.0; 1.0; 0.0; 1.0; 1.0 |]
let transform = SignatureTransform(channels = 2, depth = 2)
let signature = Array.zeroCreate<float> transform.Layout.Length
transform.Forward(ReadOnlySpan path, 1, 3, Span signature)
printfn "%A" signature
// Level 1 is where the path went; the second level's difference is twice the area between the path and its chord.
printfn "area %g" ((signature[3] - signature[4]) / 2.0)
