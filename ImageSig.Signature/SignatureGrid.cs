using System.Numerics;
using ImageSig.Signature.Kernels;
using ImageSig.Tensors;

namespace ImageSig.Signature;

/// <summary>An image as a grid of expected signatures: windows of L steps along rows and along columns, averaged over bands of L lines.</summary>
/// <remarks>
/// <para>Cell (i, j), along rows: for each of the lines iL…iL + L − 1, the window is the path of the points jL…jL + L, joined to the next window by
/// its last point (at the image's edge the last point is repeated). The cell holds the mean point of its windows and their mean signature, levels
/// 1…depth. Then the same along columns: <c>2 (C + C + C² + … + C^depth)</c> numbers.</para>
/// <para>Prepared once, then called from any thread. An image's bits depend on that image alone, not on threads or the vector width.</para>
/// </remarks>
public sealed class SignatureGrid
{
    /// <summary>Prepares grids of windows of <paramref name="window"/> steps.</summary>
    /// <param name="channels">C.</param>
    /// <param name="depth">1 or more; 2 is what images need.</param>
    /// <param name="window">L, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Channels, depth or window below 1.</exception>
    /// <exception cref="ImageSig.Tensors.SettingException">More features than an array can hold.</exception>
    public SignatureGrid(int channels, int depth, int window)
    {
        if (window < 1)
            throw new ArgumentOutOfRangeException(nameof(window), $"SignatureGrid: window is {window}; it needs at least 1 step.");
        Layout = new SignatureLayout(channels, depth);
        if (2L * (channels + (long)Layout.Length) > Array.MaxLength)
            throw new SettingException($"SignatureGrid: {channels} channels to depth {depth} need more than {Array.MaxLength} numbers a cell; lower the depth or select fewer channels.");
        Window = window;
    }

    /// <summary>Channels and depth.</summary>
    public SignatureLayout Layout { get; }

    /// <summary>L.</summary>
    public int Window { get; }

    /// <summary>Numbers of a cell: <c>2 (C + F)</c>: along rows the mean point and the signature, then along columns.</summary>
    public int Features => 2 * (Layout.Channels + Layout.Length);

    /// <summary>The multiply-adds of one image, by the fused multiply-exponentiate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A height or width below 0.</exception>
    public long MultiplyAdds(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        return 2L * height * width * Layout.StepMultiplyAdds;
    }

    /// <summary>The grids of a batch of images.</summary>
    /// <param name="images">[B, H, W, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="height">H, a multiple of L.</param>
    /// <param name="width">W, a multiple of L.</param>
    /// <param name="cells">[B, H/L, W/L, <see cref="Features"/>], overwritten.</param>
    /// <param name="threads">1 or more, that share the images; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">The sides are not multiples of the window, an array is not of its shape, or one is written over one that is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch is below 0, or threads below 1.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public unsafe void Forward<T>(ReadOnlySpan<T> images, int batch, int height, int width, Span<T> cells, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SignatureTransform.CheckThreads("SignatureGrid.Forward", threads);
        Check<T>(nameof(Forward), images.Length, batch, height, width, cells.Length, "cells");
        Apart.Check("SignatureGrid.Forward", "the cells overlap the images", cells, images, nameof(cells));
        fixed (T* image = images, cell = cells)
        {
            GridRequest<T> request = new() { Layout = Layout, Batch = batch, Window = Window, Height = height, Width = width, Images = image, Cells = cell };
            new SignatureDispatch<GridRequest<T>, T>(request, threads).Run(request.InLanes);
        }
    }

    /// <summary>The gradient of <c>Σ cotangents · Forward(images)</c> with respect to the images.</summary>
    /// <param name="images">[B, H, W, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="height">H, a multiple of L.</param>
    /// <param name="width">W, a multiple of L.</param>
    /// <param name="cotangents">[B, H/L, W/L, <see cref="Features"/>].</param>
    /// <param name="gradients">[B, H, W, C], overwritten.</param>
    /// <param name="threads">1 or more, that share the images; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">The sides are not multiples of the window, an array is not of its shape, or one is written over one that is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch is below 0, or threads below 1.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public unsafe void Backward<T>(ReadOnlySpan<T> images, int batch, int height, int width, ReadOnlySpan<T> cotangents, Span<T> gradients, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SignatureTransform.CheckThreads("SignatureGrid.Backward", threads);
        Check<T>(nameof(Backward), images.Length, batch, height, width, cotangents.Length, "cotangents");
        if (gradients.Length != images.Length)
            throw new ArgumentException($"SignatureGrid.Backward: gradients holds {gradients.Length} numbers, images {images.Length}; they have the same shape.", nameof(gradients));
        Apart.Check("SignatureGrid.Backward", "the gradients overlap the images", gradients, images, nameof(gradients));
        Apart.Check("SignatureGrid.Backward", "the gradients overlap the cotangents", gradients, cotangents, nameof(gradients));
        fixed (T* image = images, cell = cotangents, gradient = gradients)
        {
            GridRequest<T> request = new() { Layout = Layout, Batch = batch, Window = Window, Height = height, Width = width, Images = image, Cells = cell, Gradients = gradient };
            new SignatureDispatch<GridRequest<T>, T>(request, threads).Run(request.InLanes);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"grid of windows of {Window} steps, {Layout}: {Features} numbers a cell";

    private void Check<T>(string operation, long images, int batch, int height, int width, long cells, string name)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"SignatureGrid.{operation}: grids are computed in float and double, not in {typeof(T).Name}; convert the images first.");
        if (batch < 0)
            throw new ArgumentOutOfRangeException(nameof(batch), $"SignatureGrid.{operation}: batch is {batch}; it must be 0 or more.");
        if (height < 1 || width < 1 || height % Window != 0 || width % Window != 0)
            throw new ArgumentException($"SignatureGrid.{operation}: the images are {height} high and {width} wide; both must be multiples of the window, {Window}. Resize or crop them first.", height < 1 || height % Window != 0 ? nameof(height) : nameof(width));
        if (images != (Int128)batch * height * width * Layout.Channels)
            throw new ArgumentException($"SignatureGrid.{operation}: images must be [{batch}, {height}, {width}, {Layout.Channels}], {(Int128)batch * height * width * Layout.Channels} numbers, but holds {images}.", nameof(images));
        Int128 expected = (Int128)batch * (height / Window) * (width / Window) * Features;
        if (cells != expected)
            throw new ArgumentException($"SignatureGrid.{operation}: {name} must be [{batch}, {height / Window}, {width / Window}, {Features}], {expected} numbers, but holds {cells}.", name);
    }
}
