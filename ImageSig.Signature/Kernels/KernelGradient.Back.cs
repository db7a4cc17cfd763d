using System.Runtime.CompilerServices;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>The way back over the fine grid, from k to the products of steps.</summary>
internal readonly unsafe partial struct KernelGradient<TLanes, TVector, T>
{
    /// <summary>The adjoint is kept of one line: that below a row of cells becomes that above it, from the right to the left.</summary>
    private void WalkBack()
    {
        int width = TLanes.Width;
        Clear(_adjoint, _line / width);
        TLanes.Store(TLanes.Broadcast(1), _adjoint + _line - width);
        Clear(Products(-1) - width, _columns + 2);
        Clear(Products(_rows) - width, _columns + 2);
        double* above = _grid + (nint)_rows * _parts * _line;
        for (int row = _rows - 1; row >= 0; row--)
        {
            double* products = Products(row);
            FindFactors(products);
            TurnToGradients(products);
            for (int part = 0; part < _parts; part++)
            {
                above -= _line;
                BackThroughLine(products, above);
            }
        }
    }

    /// <summary>A row's products become those of parts of steps, and their place the gradients', with zeros on both sides.</summary>
    private void TurnToGradients(double* products)
    {
        int width = TLanes.Width;
        TVector share = TLanes.Broadcast(FineShare);
        for (nint at = 0; at < (nint)_columns * width; at += width)
            TLanes.Store(TLanes.Multiply(TLanes.Load(products + at), share), _small + at);
        Clear(products - width, _columns + 2);
    }

    [MethodImpl(Hot.Loop)]
    private void BackThroughLine(double* gradients, double* above)
    {
        int width = TLanes.Width, parts = _parts;
        TVector half = TLanes.Broadcast(1.0 / 2), sixth = TLanes.Broadcast(1.0 / 6), fine = TLanes.Broadcast(FineShare), zero = TLanes.Broadcast(0);
        nint column = (nint)(_columns - 1) * width;
        double* adjoint = _adjoint + _line - width, sums = _sums, corners = _corners, small = _small, below = above + 2 * _line - width;
        above += _line - width;
        TVector right = TLanes.Load(adjoint), aboveRight = TLanes.Load(above), diagonal = zero;
        for (; column >= 0; column -= width)
        {
            TVector sum = TLanes.Load(sums + column), corner = TLanes.Load(corners + column), g = TLanes.Load(small + column);
            TVector slope = TLanes.Add(half, TLanes.Multiply(g, sixth)), gradient = TLanes.Load(gradients + column);
            for (int part = 0; part < parts; part++)
            {
                TVector aboveLeft = TLanes.Load(above -= width), share = TLanes.Multiply(right, sum);
                TVector neighbors = TLanes.Multiply(TLanes.Add(TLanes.Load(below -= width), aboveRight), slope);
                TVector opposite = TLanes.Multiply(TLanes.Multiply(aboveLeft, g), sixth);
                gradient = TLanes.Add(gradient, TLanes.Multiply(TLanes.Multiply(right, fine), TLanes.Add(neighbors, opposite)));
                TLanes.Store(TLanes.Add(diagonal, share), adjoint);
                diagonal = TLanes.Subtract(zero, TLanes.Multiply(right, corner));
                right = TLanes.Add(TLanes.Load(adjoint -= width), share);
                aboveRight = aboveLeft;
            }
            TLanes.Store(gradient, gradients + column);
        }
        TLanes.Store(diagonal, adjoint);
    }
}
